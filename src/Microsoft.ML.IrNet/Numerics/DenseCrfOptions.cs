namespace Microsoft.ML.IrNet.Numerics;

/// <summary>The pairwise terms of the dense CRF (Krähenbühl and Koltun, NIPS 2011). The defaults are IRNet's for interpixel labels.</summary>
public sealed record DenseCrfOptions
{
    /// <summary>Mean-field iterations; 0 leaves the softmax of the unary term.</summary>
    public int Iterations { get; init; } = 10;

    /// <summary>Weight of the term that smooths over near pixels; 0 leaves it out.</summary>
    public float SmoothnessWeight { get; init; } = 3;

    /// <summary>Standard deviation of the smoothness term, in pixels.</summary>
    public float SmoothnessDeviation { get; init; } = 3;

    /// <summary>Weight of the term that joins near pixels of like colour; 0 leaves it out.</summary>
    public float AppearanceWeight { get; init; } = 10;

    /// <summary>Standard deviation of the appearance term in space, in pixels.</summary>
    public float AppearanceDeviation { get; init; } = 50;

    /// <summary>Standard deviation of the appearance term in colour, in 8-bit steps.</summary>
    public float ColorDeviation { get; init; } = 5;

    internal void Validate()
    {
        if (Iterations is < 0 or > 1000)
            throw new OptionException(nameof(Iterations), $"{Iterations} is out of range; give 0 to 1000 mean-field iterations.");
        RequirePositive(SmoothnessDeviation, nameof(SmoothnessDeviation));
        RequirePositive(AppearanceDeviation, nameof(AppearanceDeviation));
        RequirePositive(ColorDeviation, nameof(ColorDeviation));
        RequireWeight(SmoothnessWeight, nameof(SmoothnessWeight));
        RequireWeight(AppearanceWeight, nameof(AppearanceWeight));
    }

    private static void RequirePositive(float value, string name)
    {
        if (!(value >= 0.1f && float.IsFinite(value)))
            throw new OptionException(name, $"{value} is out of range; give a deviation of at least 0.1.");
    }

    private static void RequireWeight(float value, string name)
    {
        if (!(value >= 0 && float.IsFinite(value)))
            throw new OptionException(name, $"{value} is out of range; give a weight of at least 0.");
    }
}
