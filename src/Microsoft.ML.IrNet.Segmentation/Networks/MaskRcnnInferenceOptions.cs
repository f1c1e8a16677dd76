namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>How Mask R-CNN looks at photographs. Sizes are those of the author's recipe for IRNet's labels, the rest torchvision's.</summary>
public sealed record MaskRcnnInferenceOptions
{
    /// <summary>What the shorter side is scaled to, in pixels; at least 32.</summary>
    public int ShorterSide { get; init; } = 512;

    /// <summary>Longest that the longer side may become, in pixels; the scale is smaller where it would be longer. At least 32.</summary>
    public int LongerSide { get; init; } = 800;

    /// <summary>Most anchors of a level that are decoded, the surest first.</summary>
    public int ProposalsBeforeNms { get; init; } = 1000;

    /// <summary>Most proposals of a photograph that are looked at closely.</summary>
    public int Proposals { get; init; } = 1000;

    /// <summary>IoU above which, within a level, the less sure of two proposals is dropped; above 0, at most 1.</summary>
    public double ProposalOverlap { get; init; } = 0.7;

    /// <summary>Detections must be surer than this; from 0 to below 1.</summary>
    public float MinimumScore { get; init; } = 0.05f;

    /// <summary>IoU above which the less sure of two boxes of a class is dropped; above 0, at most 1.</summary>
    public double DetectionOverlap { get; init; } = 0.5;

    /// <summary>Most detections of a photograph.</summary>
    public int Detections { get; init; } = 100;

    /// <summary>Probability from which a pixel belongs to a mask; above 0 and below 1.</summary>
    public float MaskThreshold { get; init; } = 0.5f;

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="OptionException">Names the option.</exception>
    public void Validate()
    {
        Require(nameof(ShorterSide), ShorterSide >= 32, $"is {ShorterSide}; it must be at least 32.");
        Require(nameof(LongerSide), LongerSide >= 32, $"is {LongerSide}; it must be at least 32.");
        Require(nameof(ProposalsBeforeNms), ProposalsBeforeNms >= 1, $"is {ProposalsBeforeNms}; it must be at least 1.");
        Require(nameof(Proposals), Proposals >= 1, $"is {Proposals}; it must be at least 1.");
        Require(nameof(ProposalOverlap), ProposalOverlap is > 0 and <= 1, $"is {ProposalOverlap}; it must be above 0 and at most 1.");
        Require(nameof(MinimumScore), MinimumScore is >= 0 and < 1, $"is {MinimumScore}; it must be from 0 to below 1.");
        Require(nameof(DetectionOverlap), DetectionOverlap is > 0 and <= 1, $"is {DetectionOverlap}; it must be above 0 and at most 1.");
        Require(nameof(Detections), Detections >= 1, $"is {Detections}; it must be at least 1.");
        Require(nameof(MaskThreshold), MaskThreshold is > 0 and < 1, $"is {MaskThreshold}; it must be above 0 and below 1.");
    }

    private static void Require(string option, bool holds, string problem)
    {
        if (!holds)
            throw new OptionException(option, problem);
    }
}
