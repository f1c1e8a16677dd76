namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Checks of what public entry points are handed.</summary>
internal static class ValueRange
{
    /// <summary>Every value must lie between the bounds; NaN never does.</summary>
    /// <exception cref="ArgumentException">A value lies outside.</exception>
    public static void Require(ReadOnlySpan<float> values, float low, float high, string parameter)
    {
        for (int i = 0; i < values.Length; i++)
            if (!(values[i] >= low && values[i] <= high))
                throw new ArgumentException($"value {i} is {values[i]}; {Expected(low, high)} were expected.", parameter);
    }

    /// <summary>An array must have one value for every cell of its shape.</summary>
    /// <exception cref="ArgumentException">It has more or fewer.</exception>
    public static void RequireLength(int length, long expected, string parameter, string shape)
    {
        if (length != expected)
            throw new ArgumentException($"{length} values are not {shape} = {expected}.", parameter);
    }

    private static string Expected(float low, float high) =>
        high < float.MaxValue ? $"values from {low} to {high}" : low == 0 ? "finite values of at least 0" : "finite values";
}
