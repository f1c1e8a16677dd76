using System.Numerics.Tensors;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>What networks give has to be finite: NaN in a map would become background without a word.</summary>
internal static class FiniteValues
{
    /// <summary>The values, where all are finite.</summary>
    /// <param name="values">What a network gave.</param>
    /// <param name="what">What they are, for the message.</param>
    /// <exception cref="NumericException">One is NaN or infinite.</exception>
    public static float[] Require(float[] values, string what)
    {
        // A sum of finite values may overflow; only then, or where one is not finite, are they looked at one by one.
        if (values.Length > 0 && !float.IsFinite(TensorPrimitives.Sum<float>(values)) && Array.FindIndex(values, value => !float.IsFinite(value)) is var at and >= 0)
            throw new NumericException(what, $"value {at} of {values.Length} is {values[at]}; the network's weights are damaged or its training ran away: load them again, or train with a smaller learning rate.");
        return values;
    }
}
