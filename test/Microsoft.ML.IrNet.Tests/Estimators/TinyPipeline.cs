using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>A pipeline with networks and photographs small enough to fit in a test.</summary>
internal static class TinyPipeline
{
    public const int Height = 37, Width = 50;

    public static readonly ResNetOptions Backbone = new() { Depth = ResNetDepth.ResNet18, BaseWidth = 4 };

    public static CamEstimatorOptions Cam { get; } = new()
    {
        Epochs = 1,
        BatchSize = 2,
        Training = new CamTrainingOptions { CropSize = 32, ResizeLongMin = 32, ResizeLongMax = 48 },
        Backbone = Backbone,
        BackboneWeights = null,
        FrozenStages = 0,
        Maps = new CamOptions { Scales = [1f, 1.5f] },
        TagThreshold = 0,
    };

    public static IrNetEstimatorOptions IrNet { get; } = new()
    {
        Epochs = 1,
        BatchSize = 2,
        Training = new IrNetTrainingOptions { CropSize = 32, Radius = 3, Canvas = 64 },
        Backbone = Backbone,
        BackboneWeights = null,
        Maps = new IrNetInferenceOptions { Canvas = 64 },
    };

    public static IEstimator<ITransformer> Create(MLContext ml, CamEstimatorOptions? cam = null, IrNetEstimatorOptions? irNet = null) =>
        ml.Transforms.Conversion.MapValueToKey(ColumnNames.Tags, nameof(TaggedRow.TagNames))
            .Append(ml.Transforms.ClassActivationMaps(cam ?? Cam))
            .Append(ml.Transforms.InterPixelRelations(irNet ?? IrNet))
            .Append(ml.Transforms.InstancePseudoLabels())
            .Append(ml.Transforms.SemanticPseudoLabels());

    /// <summary>Rows tagged cat, dog, cat and dog in turn.</summary>
    public static TaggedRow[] Rows(int count) => [.. Enumerable.Range(0, count).Select(index => new TaggedRow
    {
        Image = MLImagePixels.ToMLImage(Photograph(index)),
        TagNames = (index % 3) switch { 0 => ["cat"], 1 => ["dog"], _ => ["dog", "cat"] },
    })];

    /// <summary>Rows with the tags as keys.</summary>
    public static IDataView Tagged(MLContext ml, int count)
    {
        IDataView rows = ml.Data.LoadFromEnumerable(Rows(count));
        return ml.Transforms.Conversion.MapValueToKey(ColumnNames.Tags, nameof(TaggedRow.TagNames)).Fit(rows).Transform(rows);
    }

    public static RgbImage Photograph(int seed)
    {
        var pixels = new byte[Height * Width * 3];
        var random = new Random(seed);
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
                for (int channel = 0; channel < 3; channel++)
                    pixels[(y * Width + x) * 3 + channel] = (byte)((x / 12 + y / 9 + seed) * 40 * (channel + 1) + random.Next(30));
        return new RgbImage(Height, Width, pixels);
    }

    public static CamNetwork CamNetwork(int classes = 2) => new(new ResNetBackbone(Backbone), classes, frozenStages: 0);

    public static IrNetwork IrNetwork() => new(new ResNetBackbone(Backbone));
}
