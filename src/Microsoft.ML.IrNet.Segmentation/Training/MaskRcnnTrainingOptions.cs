namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>How Mask R-CNN is trained. The defaults are the recipe that IRNet's authors used for their labels; <see cref="ForSet"/> scales its steps to the data set.</summary>
public sealed record MaskRcnnTrainingOptions : StudentTrainingOptions
{
    /// <summary>Lengths of the shorter side that a photograph is scaled to, in pixels; one of them is drawn each time. None below 32.</summary>
    public IReadOnlyList<int> ShorterSides { get; init; } = [512];

    /// <summary>Longest that the longer side may become, in pixels; the scale is smaller where it would be longer.</summary>
    public int LongerSide { get; init; } = 800;

    /// <inheritdoc/>
    public override int WarmUpSteps { get; init; } = 1000;

    /// <summary>Shares of the steps after which the rate falls to a tenth, ascending, each from 0 to 1: by default two thirds and eight ninths, as 12k and 16k of 18k. Not used where PolyPower is given.</summary>
    public override IReadOnlyList<double> Milestones { get; init; } = [2.0 / 3, 8.0 / 9];

    /// <summary>How many of the backbone's five stages keep the weights they start with; 2 as torchvision does for ImageNet weights, 0 for a backbone from scratch.</summary>
    public int FrozenStages { get; init; } = 2;

    /// <summary>Whether the scales and shifts of the backbone's batch norms stay as they are, as torchvision's FrozenBatchNorm2d.</summary>
    public bool FreezeBatchNorms { get; init; } = true;

    /// <summary>Most anchors of a level that are decoded.</summary>
    public int ProposalsBeforeNms { get; init; } = 2000;

    /// <summary>Most proposals of a photograph.</summary>
    public int Proposals { get; init; } = 2000;

    /// <summary>IoU above which, within a level, the less sure of two proposals is dropped; above 0, at most 1.</summary>
    public double ProposalOverlap { get; init; } = 0.7;

    /// <summary>Anchors of a photograph that the first stage learns from.</summary>
    public int AnchorsPerPhotograph { get; init; } = 256;

    /// <summary>Regions of a photograph that the second stage learns from.</summary>
    public int RegionsPerPhotograph { get; init; } = 512;

    /// <summary>Objects with a lower score are left out; 0 for none.</summary>
    public float MinimumLabelScore { get; init; }

    /// <summary>Whether an object counts in the losses of the second stage by its score.</summary>
    public bool WeightByScore { get; init; }

    /// <summary>The author's recipe with its 18,000 steps scaled to a set of so many photographs; 500 at least.</summary>
    /// <param name="photographs">How many there are.</param>
    /// <param name="batchSize">Photographs in a step; the rate is scaled with it.</param>
    public static MaskRcnnTrainingOptions ForSet(int photographs, int batchSize = 4) =>
        new() { BatchSize = batchSize, LearningRate = 0.0025 * batchSize, Steps = StepsFor(photographs, batchSize) };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(nameof(ShorterSides), ShorterSides.Count > 0 && ShorterSides.All(side => side >= 32), $"is {string.Join(", ", ShorterSides)}; give at least one length, none below 32.");
        Require(nameof(LongerSide), LongerSide >= 32, $"is {LongerSide}; it must be at least 32.");
        Require(nameof(FrozenStages), FrozenStages is >= 0 and <= 5, $"is {FrozenStages}; it must be from 0 to 5.");
        Require(nameof(ProposalsBeforeNms), ProposalsBeforeNms >= 1, $"is {ProposalsBeforeNms}; it must be at least 1.");
        Require(nameof(Proposals), Proposals >= 1, $"is {Proposals}; it must be at least 1.");
        Require(nameof(ProposalOverlap), ProposalOverlap is > 0 and <= 1, $"is {ProposalOverlap}; it must be above 0 and at most 1.");
        Require(nameof(AnchorsPerPhotograph), AnchorsPerPhotograph >= 2, $"is {AnchorsPerPhotograph}; it must be at least 2.");
        Require(nameof(RegionsPerPhotograph), RegionsPerPhotograph >= 4, $"is {RegionsPerPhotograph}; it must be at least 4.");
        Require(nameof(MinimumLabelScore), float.IsFinite(MinimumLabelScore), $"is {MinimumLabelScore}; it must be a number.");
    }

    internal override Dictionary<string, string> Recipe() => new(base.Recipe())
    {
        [nameof(ShorterSides)] = string.Join(' ', ShorterSides),
        [nameof(LongerSide)] = Text(LongerSide),
        [nameof(FrozenStages)] = Text(FrozenStages),
        [nameof(FreezeBatchNorms)] = FreezeBatchNorms.ToString(),
        [nameof(ProposalsBeforeNms)] = Text(ProposalsBeforeNms),
        [nameof(Proposals)] = Text(Proposals),
        [nameof(ProposalOverlap)] = Text(ProposalOverlap),
        [nameof(AnchorsPerPhotograph)] = Text(AnchorsPerPhotograph),
        [nameof(RegionsPerPhotograph)] = Text(RegionsPerPhotograph),
        [nameof(MinimumLabelScore)] = Text(MinimumLabelScore),
        [nameof(WeightByScore)] = WeightByScore.ToString(),
    };
}
