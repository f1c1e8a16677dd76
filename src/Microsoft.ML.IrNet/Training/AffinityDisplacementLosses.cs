namespace Microsoft.ML.IrNet.Training;

/// <summary>The losses of a batch (paper sections 4.2 and 4.3; means over all pairs of the batch).</summary>
public record AffinityDisplacementLosses
{
    /// <summary>-ln affinity, averaged over pairs that are both background.</summary>
    public required double BackgroundAffinity { get; init; }

    /// <summary>-ln affinity, averaged over pairs of one and the same class.</summary>
    public required double ForegroundAffinity { get; init; }

    /// <summary>-ln(1 - affinity), averaged over pairs of different classes.</summary>
    public required double NegativeAffinity { get; init; }

    /// <summary>|displacement difference - offset|, averaged over pairs of one class and both coordinates, in map cells.</summary>
    public required double DisplacementForeground { get; init; }

    /// <summary>|displacement difference|, averaged over background pairs and both coordinates, in map cells.</summary>
    public required double DisplacementBackground { get; init; }

    /// <summary>Background pairs.</summary>
    public required long BackgroundPairs { get; init; }

    /// <summary>Pairs of one class.</summary>
    public required long ForegroundPairs { get; init; }

    /// <summary>Pairs of different classes.</summary>
    public required long NegativePairs { get; init; }

    /// <summary>Half of each positive affinity loss.</summary>
    public double PositiveAffinity => (BackgroundAffinity + ForegroundAffinity) / 2;

    /// <summary>What is minimised: (positive + negative) / 2 + (displacement foreground + background) / 2.</summary>
    public double Total => (PositiveAffinity + NegativeAffinity) / 2 + (DisplacementForeground + DisplacementBackground) / 2;
}
