using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>How network outputs become masks. The defaults are the published ones.</summary>
public sealed record PseudoLabelOptions
{
    /// <summary>Instances: a pixel is background unless a score, relative to the photograph's largest, exceeds this; 0 to 1.</summary>
    public float BackgroundThreshold { get; init; } = 0.25f;

    /// <summary>The same for the semantic map.</summary>
    public float SemanticBackgroundThreshold { get; init; } = 0.25f;

    /// <summary>The threshold of both where <see cref="UseBoundaries"/> is off, on the class activation maps as they are.</summary>
    public float CamBackgroundThreshold { get; init; } = 0.15f;

    /// <summary>The random walk that spreads the scores.</summary>
    public RandomWalkOptions Walk { get; init; } = new();

    /// <summary>How often each cell follows the displacement field to its centroid; at least 0.</summary>
    public int CentroidIterations { get; init; } = 300;

    /// <summary>Cells whose displacement is shorter than this, in cells, make up the centroids; above 0.</summary>
    public float CentroidDistance { get; init; } = 2.5f;

    /// <summary>Connected parts smaller than this share of the photograph are kept with score 0; 0 to 1.</summary>
    public double MinimumAreaShare { get; init; } = 0.01;

    /// <summary>Whether scores walk up to the class boundaries; off only to show what the walk adds.</summary>
    public bool UseBoundaries { get; init; } = true;

    /// <summary>Whether the displacement field tells instances apart; off, connected parts of a class are its instances.</summary>
    public bool UseDisplacement { get; init; } = true;

    /// <summary>Class activation maps are raised to this power first; above 0. Larger values trust strong activations more.</summary>
    public float CamPower { get; init; } = 1;

    /// <summary>A dense CRF that draws the borders of the finished masks to the edges of the photograph, which is then needed; null for none, as published.</summary>
    public DenseCrfOptions? Crf { get; init; }

    internal void Validate()
    {
        RequireShare(BackgroundThreshold, nameof(BackgroundThreshold));
        RequireShare(SemanticBackgroundThreshold, nameof(SemanticBackgroundThreshold));
        RequireShare(CamBackgroundThreshold, nameof(CamBackgroundThreshold));
        RequireShare(MinimumAreaShare, nameof(MinimumAreaShare));
        Walk.Validate();
        Crf?.Validate();
        if (CentroidIterations < 0)
            throw new OptionException(nameof(CentroidIterations), $"{CentroidIterations} is out of range; give at least 0.");
        if (!(CentroidDistance > 0))
            throw new OptionException(nameof(CentroidDistance), $"{CentroidDistance} is out of range; give a distance above 0 cells.");
        if (!(CamPower > 0 && CamPower <= 100))
            throw new OptionException(nameof(CamPower), $"{CamPower} is out of range; give a power above 0 and up to 100.");
    }

    private static void RequireShare(double value, string name)
    {
        if (!(value is >= 0 and <= 1))
            throw new OptionException(name, $"{value} is out of range; give 0 to 1.");
    }
}
