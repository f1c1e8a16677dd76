namespace Microsoft.ML.IrNet.Training;

/// <summary>How the classifier behind the class activation maps is trained. The defaults are the published recipe.</summary>
public sealed record CamTrainingOptions : CropTrainingOptions
{
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
