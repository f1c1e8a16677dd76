using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>Toy photographs with their objects as instances, and a Mask R-CNN small enough to train on them in a test.</summary>
internal static class ToyInstances
{
    public const int Side = 64, Channels = 32;

    public static readonly ResNetOptions Backbone = new() { Depth = ResNetDepth.ResNet18, BaseWidth = 8, OutputStride = 32, Normalisation = Normalisation.BatchNorm };

    public static readonly MaskRcnnTrainingOptions Training = new()
    {
        Steps = 4,
        BatchSize = 2,
        LearningRate = 0.02,
        ShorterSides = [Side],
        LongerSide = Side,
        FrozenStages = 0,
        FreezeBatchNorms = false,
        ProposalsBeforeNms = 100,
        Proposals = 50,
        AnchorsPerPhotograph = 64,
        RegionsPerPhotograph = 32,
        GradientClip = 10,
    };

    public static MaskRcnnNetwork Network(int classes = 2, int seed = 7)
    {
        torch.manual_seed(seed);
        return new MaskRcnnNetwork(new ResNetBackbone(Backbone), classes, Channels);
    }

    public static InstanceSet Set(int count)
    {
        var images = new ToyImages(count, Side);
        return new InstanceSet(images, index => Objects(images.Labels(index)));
    }

    /// <summary>One instance for each class in a map.</summary>
    public static InstanceLabel[] Objects(LabelMap map) =>
    [.. map.Labels.Distinct().Where(label => label > 0).Order().Select(label =>
    {
        RunLengthMask mask = RunLengthMask.FromRowMajor(map.Height, map.Width, Array.ConvertAll(map.Labels, value => value == label ? (byte)1 : (byte)0));
        return new InstanceLabel(label - 1, 1, mask.ComputeBox(), mask);
    })];
}
