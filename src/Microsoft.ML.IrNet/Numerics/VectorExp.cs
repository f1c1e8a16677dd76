using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>exp(x) of eight values that are not positive, within 2 units in the last place; 0 where it is below 1e-37.</summary>
internal static class VectorExp
{
    public static Vector256<float> OfNegative(Vector256<float> x)
    {
        // x = n ln 2 + rest, ln 2 in two parts so that n times the first is exact; exp(rest) as a polynomial (Cephes), 2^n through the exponent bits.
        Vector256<float> exponent = Vector256.Floor(x * 1.44269504f + Vector256.Create(0.5f));
        Vector256<float> rest = x - exponent * 0.693359375f - exponent * -2.12194440e-4f;
        Vector256<float> sum = Vector256.Create(1.9875691500e-4f);
        sum = sum * rest + Vector256.Create(1.3981999507e-3f);
        sum = sum * rest + Vector256.Create(8.3334519073e-3f);
        sum = sum * rest + Vector256.Create(4.1665795894e-2f);
        sum = sum * rest + Vector256.Create(1.6666665459e-1f);
        sum = sum * rest + Vector256.Create(5.0000001201e-1f);
        sum = sum * rest * rest + rest + Vector256<float>.One;
        Vector256<int> power = Vector256.ShiftLeft(Vector256.ConvertToInt32(exponent) + Vector256.Create(127), 23);
        return Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256.Create(-85f)), Vector256<float>.Zero, sum * power.AsSingle());
    }
}
