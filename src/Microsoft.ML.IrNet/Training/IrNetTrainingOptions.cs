namespace Microsoft.ML.IrNet.Training;

/// <summary>How IRNet's two branches are trained. The defaults are the published recipe, which is for some thousand steps; <see cref="For"/> has one for small sets.</summary>
public sealed record IrNetTrainingOptions : CropTrainingOptions
{
    /// <summary>Sets of up to this many photographs are small.</summary>
    public const int SmallSet = 3000;

    private const int MostRounds = 50;

    /// <inheritdoc/>
    public override int Epochs { get; init; } = 3;

    /// <inheritdoc/>
    public override int BatchSize { get; init; } = 32;

    /// <summary>The displacement branch learns this many times faster than the boundary branch; above 0.</summary>
    public double DisplacementLearningRateFactor { get; init; } = 10;

    /// <summary>Pairs of map cells closer than this are compared; from 2 to what the crop's map holds.</summary>
    public int Radius { get; init; } = 10;

    /// <summary>Smallest factor that a photograph is scaled by before the crop, above 0.</summary>
    public double ScaleMin { get; init; } = 0.5;

    /// <summary>Largest factor that a photograph is scaled by before the crop.</summary>
    public double ScaleMax { get; init; } = 1.5;

    /// <summary>Over what the mean displacement is taken after training.</summary>
    public MeanDisplacementKind MeanDisplacement { get; init; } = MeanDisplacementKind.RealPixels;

    /// <summary>Side of the canvas on which whole photographs are seen, in training's mean displacement as in inference; a multiple of 16.</summary>
    public int Canvas { get; init; } = 512;

    /// <summary>The recipe for a set: for a small one <see cref="ForSmallSet"/>, of fewer steps where each photograph would be seen more than fifty times; for others the published one.</summary>
    /// <param name="photographs">How many there are.</param>
    /// <param name="epochs">Rounds of the published recipe, whatever the size of the set; null to choose by its size.</param>
    public static IrNetTrainingOptions For(int photographs, int? epochs = null)
    {
        if (epochs is { } rounds)
            return new() { Epochs = rounds };
        if (photographs > SmallSet)
            return new();
        int stepsInRound = Math.Max(1, (photographs + ForSmallSet.BatchSize - 1) / ForSmallSet.BatchSize);
        return ForSmallSet with { Steps = Math.Min(ForSmallSet.Steps!.Value, MostRounds * stepsInRound) };
    }

    /// <summary>
    /// A recipe in which the displacement field learns from some hundred photographs. In the few steps of the published one it does not begin to. Only that branch
    /// learns more than as published: a boundary branch that sees the same labels often learns their errors.
    /// </summary>
    public static IrNetTrainingOptions ForSmallSet { get; } = new()
    {
        Steps = 1000,
        BatchSize = 8,
        CropSize = 256,
        LearningRate = 0.002,
        Momentum = 0.9,
        DisplacementLearningRateFactor = 200,
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(nameof(DisplacementLearningRateFactor), DisplacementLearningRateFactor > 0 && double.IsFinite(DisplacementLearningRateFactor),
            $"is {DisplacementLearningRateFactor}; it must be above 0.");
        Require(nameof(Radius), Radius >= 2 && CropSize / 4 >= AffinityDisplacementLoss.MinimumWidth(Radius),
            $"is {Radius}; it must be from 2 to {(CropSize / 4 + 1) / 2}, which is what a map of {CropSize / 4} cells (CropSize / 4) holds.");
        Require(nameof(ScaleMin), ScaleMin > 0, $"is {ScaleMin}; it must be above 0.");
        Require(nameof(ScaleMax), ScaleMax >= ScaleMin && double.IsFinite(ScaleMax), $"is {ScaleMax}; it must not be below ScaleMin, {ScaleMin}.");
        Require(nameof(Canvas), Canvas >= 16 && Canvas % 16 == 0, $"is {Canvas}; it must be a multiple of 16.");
    }

    internal override Dictionary<string, string> Recipe() => new(base.Recipe())
    {
        [nameof(DisplacementLearningRateFactor)] = Text(DisplacementLearningRateFactor),
        [nameof(Radius)] = Text(Radius),
        [nameof(ScaleMin)] = Text(ScaleMin),
        [nameof(ScaleMax)] = Text(ScaleMax),
    };
}
