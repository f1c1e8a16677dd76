namespace Microsoft.ML.IrNet.Training;

/// <summary>How the classifier behind the class activation maps is trained. The defaults are the published recipe; <see cref="For"/> gives small sets enough steps.</summary>
public sealed record CamTrainingOptions : CropTrainingOptions
{
    /// <summary>Sets of fewer photographs than this are small.</summary>
    public const int SmallSet = 320;

    private const int SmallBatch = 8, FewestSteps = 100, MostRounds = 20;

    /// <inheritdoc/>
    public override int Epochs { get; init; } = 5;

    /// <inheritdoc/>
    public override int BatchSize { get; init; } = 16;

    /// <summary>The classifier learns this many times faster than the backbone; above 0.</summary>
    public double ClassifierLearningRateFactor { get; init; } = 10;

    /// <summary>Shortest long side that a photograph is scaled to before the crop, in pixels.</summary>
    public int ResizeLongMin { get; init; } = 320;

    /// <summary>Longest long side that a photograph is scaled to before the crop, in pixels.</summary>
    public int ResizeLongMax { get; init; } = 640;

    /// <summary>
    /// The recipe for a set. A small one gets batches of half the size and a hundred steps, or as many as show each photograph twenty times, but not fewer than five rounds: in those five alone,
    /// as published, twenty photographs would make five steps, in which a classifier learns nothing.
    /// </summary>
    /// <param name="photographs">How many there are.</param>
    /// <param name="epochs">Rounds of the published recipe, whatever the size of the set; null to choose by its size.</param>
    public static CamTrainingOptions For(int photographs, int? epochs = null)
    {
        var published = new CamTrainingOptions();
        if (epochs is { } rounds)
            return published with { Epochs = rounds };
        if (photographs >= SmallSet)
            return published;
        int stepsInRound = Math.Max(1, photographs / SmallBatch);
        return published with { BatchSize = SmallBatch, Steps = Math.Max(published.Epochs * stepsInRound, Math.Min(FewestSteps, MostRounds * stepsInRound)) };
    }

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(nameof(ClassifierLearningRateFactor), ClassifierLearningRateFactor > 0 && double.IsFinite(ClassifierLearningRateFactor),
            $"is {ClassifierLearningRateFactor}; it must be above 0.");
        Require(nameof(ResizeLongMin), ResizeLongMin >= 1, $"is {ResizeLongMin}; it must be at least 1 pixel.");
        Require(nameof(ResizeLongMax), ResizeLongMax >= ResizeLongMin, $"is {ResizeLongMax}; it must not be below ResizeLongMin, {ResizeLongMin}.");
    }

    internal override Dictionary<string, string> Recipe() => new(base.Recipe())
    {
        [nameof(ClassifierLearningRateFactor)] = Text(ClassifierLearningRateFactor),
        [nameof(ResizeLongMin)] = Text(ResizeLongMin),
        [nameof(ResizeLongMax)] = Text(ResizeLongMax),
    };
}
