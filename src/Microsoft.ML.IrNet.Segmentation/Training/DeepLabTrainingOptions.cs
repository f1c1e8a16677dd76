using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>How DeepLab is trained. Crops, scales, schedule and losses are by default those of torchvision's recipe for <c>deeplabv3_resnet50</c>; batch and rate are for one machine; <see cref="ForSet"/> scales the steps to the data set.</summary>
public sealed record DeepLabTrainingOptions : StudentTrainingOptions
{
    /// <summary>Side of the square that is cut out of each photograph, in pixels, at least 32. What a photograph does not fill is mean colour and counts for nothing.</summary>
    public int CropSize { get; init; } = 480;

    /// <summary>The shorter side at scale 1, in pixels, at least 1.</summary>
    public int BaseSize { get; init; } = 520;

    /// <summary>Smallest scale, above 0: before the crop, a photograph's shorter side becomes a uniform length from this times <see cref="BaseSize"/> on.</summary>
    public double ScaleMin { get; init; } = 0.5;

    /// <summary>Largest scale: that length is at most this times <see cref="BaseSize"/>.</summary>
    public double ScaleMax { get; init; } = 2;

    /// <inheritdoc/>
    public override double? PolyPower { get; init; } = 0.9;

    /// <summary>Weight of the auxiliary head's loss, at least 0. Not used where the network has none.</summary>
    public double AuxiliaryWeight { get; init; } = 0.5;

    /// <summary>The head learns this many times faster than the backbone, above 0: 1 in torchvision's recipe of many steps, 10 in that of head V2 and wherever there are few.</summary>
    public double HeadLearningRateFactor { get; init; } = 1;

    /// <summary>The auxiliary head learns this many times faster than the rest; above 0.</summary>
    public double AuxiliaryLearningRateFactor { get; init; } = 10;

    /// <summary>How maps are computed for validation.</summary>
    public DeepLabInferenceOptions Validation { get; init; } = new();

    internal int ShorterSideMin => Math.Max(1, (int)Math.Round(BaseSize * ScaleMin));

    internal int ShorterSideMax => Math.Max(ShorterSideMin, (int)Math.Round(BaseSize * ScaleMax));

    /// <summary>This recipe with as many steps as suit a set of pseudo labels: 18,000 of four photographs for 10,582, and in proportion; 500 at least.</summary>
    /// <param name="photographs">How many there are.</param>
    /// <param name="batchSize">Photographs in a step; the rate is scaled with it.</param>
    /// <param name="head">V2 reads the features as they are: the backbone learns at a tenth of V3's rate, and the head ten times faster than it (Chen et al., PAMI 2018, section 4.1.2).</param>
    public static DeepLabTrainingOptions ForSet(int photographs, int batchSize = 4, DeepLabHead head = DeepLabHead.V3) => new()
    {
        BatchSize = batchSize,
        LearningRate = (head == DeepLabHead.V2 ? 0.00025 : 0.0025) * batchSize,
        HeadLearningRateFactor = head == DeepLabHead.V2 ? 10 : 1,
        Steps = StepsFor(photographs, batchSize),
    };

    /// <inheritdoc/>
    public override void Validate()
    {
        base.Validate();
        Require(nameof(CropSize), CropSize is >= 32 and <= 8192, $"is {CropSize}; it must be from 32 to 8192 pixels.");
        Require(nameof(BaseSize), BaseSize is >= 1 and <= 8192, $"is {BaseSize}; it must be from 1 to 8192 pixels.");
        Require(nameof(ScaleMin), ScaleMin > 0, $"is {ScaleMin}; it must be above 0.");
        Require(nameof(ScaleMax), ScaleMax >= ScaleMin && ScaleMax <= 100, $"is {ScaleMax}; it must be from ScaleMin, {ScaleMin}, to 100.");
        Require(nameof(AuxiliaryWeight), AuxiliaryWeight >= 0 && double.IsFinite(AuxiliaryWeight), $"is {AuxiliaryWeight}; it must not be below 0.");
        Require(nameof(HeadLearningRateFactor), HeadLearningRateFactor > 0 && double.IsFinite(HeadLearningRateFactor), $"is {HeadLearningRateFactor}; it must be above 0.");
        Require(nameof(AuxiliaryLearningRateFactor), AuxiliaryLearningRateFactor > 0 && double.IsFinite(AuxiliaryLearningRateFactor),
            $"is {AuxiliaryLearningRateFactor}; it must be above 0.");
        Validation.Validate();
    }

    internal override Dictionary<string, string> Recipe() => new(base.Recipe())
    {
        [nameof(CropSize)] = Text(CropSize),
        [nameof(BaseSize)] = Text(BaseSize),
        [nameof(ScaleMin)] = Text(ScaleMin),
        [nameof(ScaleMax)] = Text(ScaleMax),
        [nameof(AuxiliaryWeight)] = Text(AuxiliaryWeight),
        [nameof(HeadLearningRateFactor)] = Text(HeadLearningRateFactor),
        [nameof(AuxiliaryLearningRateFactor)] = Text(AuxiliaryLearningRateFactor),
    };
}
