using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>(1 - boundary)^beta.</summary>
internal static class AffinityPower
{
    // Weaker links change nothing that float32 can hold, and without them no product is a slow denormal number.
    private const float WeakestAffinity = 1e-12f;
    // Whole powers up to this are products.
    private const int LargestProduct = 64;

    /// <summary>Replaces boundary values, 0 to 1, by affinities.</summary>
    public static void Replace(Span<float> boundary, double beta)
    {
        if (beta > LargestProduct || beta != Math.Floor(beta))
        {
            foreach (ref float value in boundary)
            {
                float affinity = MathF.Pow(1 - value, (float)beta);
                value = affinity < WeakestAffinity ? 0 : affinity;
            }
            return;
        }
        Span<Vector<float>> vectors = MemoryMarshal.Cast<float, Vector<float>>(boundary);
        foreach (ref Vector<float> values in vectors)
            values = Power(Vector<float>.One - values, (int)beta);
        Span<float> rest = boundary[(vectors.Length * Vector<float>.Count)..];
        Span<float> last = stackalloc float[Vector<float>.Count];
        rest.CopyTo(last);
        Power(Vector<float>.One - new Vector<float>(last), (int)beta).CopyTo(last);
        last[..rest.Length].CopyTo(rest);
    }

    private static Vector<float> Power(Vector<float> factor, int exponent)
    {
        Vector<float> product = Vector<float>.One;
        for (; exponent > 0; exponent >>= 1)
        {
            if ((exponent & 1) != 0)
                product *= factor;
            factor *= factor;
        }
        return Vector.ConditionalSelect(Vector.LessThan(product, new Vector<float>(WeakestAffinity)), Vector<float>.Zero, product);
    }
}
