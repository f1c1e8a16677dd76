using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>What the trainings of Mask R-CNN and DeepLab have in common.</summary>
public abstract record StudentTrainingOptions : TrainingOptions
{
    /// <summary>The author's recipe for these labels is of 18,000 steps for the 10,582 photographs of VOC 2012's augmented training set.</summary>
    private const double StepsPerPhotograph = 18_000.0 / 10_582;

    /// <summary>Below this many steps neither network learns, however small the set.</summary>
    private const int FewestSteps = 500;

    /// <summary>Rounds over all photographs, at least 1; not used where <see cref="TrainingOptions.Steps"/> is given or the recipe is scaled to the set by <c>ForSet</c>.</summary>
    public override int Epochs { get; init; } = 7;

    /// <inheritdoc/>
    public override int BatchSize { get; init; } = 4;

    /// <inheritdoc/>
    public override double LearningRate { get; init; } = 0.01;

    /// <inheritdoc/>
    public override double Momentum { get; init; } = 0.9;

    /// <summary>Steps over which the rate rises from a thousandth; fewer where that would be more than a quarter of the training. At least 0.</summary>
    public virtual int WarmUpSteps { get; init; }

    /// <summary>Learning rate = first rate x (1 - step / steps)^power, at least 0; null for one that falls at the <see cref="Milestones"/> only.</summary>
    public virtual double? PolyPower { get; init; }

    /// <summary>Shares of the steps after which the rate falls to a tenth, ascending, each from 0 to 1. Not used where <see cref="PolyPower"/> is given.</summary>
    public virtual IReadOnlyList<double> Milestones { get; init; } = [];

    /// <summary>Longest l2 norm of a step's whole gradient, above 0; null for any. The default is well above what a training that goes well has, and keeps the first steps from running away.</summary>
    public override double? GradientClip { get; init; } = 10;

    /// <summary>
    /// Photographs of a batch that are computed at once; null for the whole batch. Memory grows with it: with fewer, a step goes over its batch in parts and adds
    /// up their gradients, each weighted by its share.
    /// </summary>
    public int? PartSize { get; init; }

    /// <summary>How often a photograph is mirrored left to right; from 0 to 1.</summary>
    public double FlipProbability { get; init; } = 0.5;

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(nameof(WarmUpSteps), WarmUpSteps >= 0, $"is {WarmUpSteps}; it must not be below 0.");
        Require(nameof(PolyPower), PolyPower is null || (PolyPower >= 0 && double.IsFinite(PolyPower.Value)), $"is {PolyPower}; it must not be below 0, or null for steps.");
        Require(nameof(Milestones), Milestones.All(share => share is >= 0 and <= 1) && Milestones.SequenceEqual(Milestones.Order()),
            $"is {string.Join(", ", Milestones)}; they must be from 0 to 1 and ascending.");
        Require(nameof(PartSize), PartSize is null or >= 1, $"is {PartSize}; it must be at least 1, or null for whole batches.");
        Require(nameof(FlipProbability), FlipProbability is >= 0 and <= 1, $"is {FlipProbability}; it must be from 0 to 1.");
    }

    internal override IRateSchedule Rates(long steps)
    {
        IRateSchedule schedule = PolyPower is { } power ? new PolySchedule(steps, power) : new StepSchedule([.. Milestones.Select(share => (long)Math.Round(share * steps))]);
        return new WarmUpSchedule(schedule, Math.Min(WarmUpSteps, steps / 4), 1e-3);
    }

    /// <summary>The steps that the author's recipe comes to for a set of so many photographs, in batches of 4; in proportion more of smaller batches.</summary>
    private protected static int StepsFor(int photographs, int batchSize) =>
        (int)Math.Ceiling(Math.Max(FewestSteps, photographs * StepsPerPhotograph) * 4 / batchSize);

    internal override Dictionary<string, string> Recipe() => new(base.Recipe())
    {
        [nameof(WarmUpSteps)] = Text(WarmUpSteps),
        [nameof(PolyPower)] = Text(PolyPower),
        [nameof(Milestones)] = string.Join(' ', Milestones.Select(share => Text(share))),
        [nameof(PartSize)] = Text(PartSize),
        [nameof(FlipProbability)] = Text(FlipProbability),
    };
}
