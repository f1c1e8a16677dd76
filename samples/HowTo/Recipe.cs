using Microsoft.ML;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Tuning;

namespace HowTo;

/// <summary>The options that all examples share.</summary>
internal sealed record Recipe
{
    private const int Side = 64;

    private static readonly ResNetOptions Tiny = new() { Depth = ResNetDepth.ResNet18, BaseWidth = 4, Normalisation = Normalisation.BatchNorm };

    /// <summary>The defaults: what the paper's authors published.</summary>
    public static Recipe Published { get; } = new();

    /// <summary>One epoch of networks without pretrained weights, on small crops.</summary>
    public static Recipe Quick { get; } = new()
    {
        Cam = new()
        {
            Epochs = 1,
            BatchSize = 2,
            Training = new() { CropSize = Side, ResizeLongMin = Side, ResizeLongMax = Side },
            Backbone = Tiny,
            BackboneWeights = null,
            FrozenStages = 0,
            Maps = new() { Scales = [1] },
        },
        IrNet = new()
        {
            Epochs = 1,
            BatchSize = 2,
            Training = new() { CropSize = Side, Radius = 5, Canvas = Side },
            Backbone = Tiny,
            BackboneWeights = null,
            Maps = new() { Canvas = Side },
        },
        MaskRcnn = new()
        {
            Backbone = Tiny with { BaseWidth = 8, OutputStride = 32 },
            BackboneWeights = null,
            Channels = 32,
            Training = new()
            {
                Steps = 2,
                BatchSize = 2,
                ShorterSides = [Side],
                LongerSide = Side,
                FrozenStages = 0,
                FreezeBatchNorms = false,
                ProposalsBeforeNms = 100,
                Proposals = 50,
                RegionsPerPhotograph = 32,
            },
            Inference = new() { ShorterSide = Side, LongerSide = Side },
        },
        Tuning = new() { Photographs = 2, Rounds = 1 },
    };

    public CamEstimatorOptions Cam { get; init; } = new();

    public IrNetEstimatorOptions IrNet { get; init; } = new();

    public MaskRcnnEstimatorOptions MaskRcnn { get; init; } = new();

    public TuningOptions Tuning { get; init; } = new();

    /// <summary>The whole method.</summary>
    public IEstimator<ITransformer> Labeller(MLContext ml) => ml.Transforms.ClassActivationMaps(Cam)
        .Append(ml.Transforms.InterPixelRelations(IrNet))
        .Append(ml.Transforms.InstancePseudoLabels())
        .Append(ml.Transforms.SemanticPseudoLabels());
}
