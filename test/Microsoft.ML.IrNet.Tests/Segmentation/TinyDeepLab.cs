using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>A DeepLab and a set small enough to train in a test.</summary>
internal static class TinyDeepLab
{
    public static readonly ResNetOptions Shape = new()
    {
        Depth = ResNetDepth.ResNet18,
        BaseWidth = 4,
        OutputStride = 8,
        Dilated = true,
        Normalisation = Normalisation.BatchNorm,
    };

    public static readonly DeepLabTrainingOptions Recipe = new()
    {
        Steps = 4,
        BatchSize = 4,
        CropSize = 48,
        BaseSize = 48,
        ScaleMin = 0.8,
        ScaleMax = 1.2,
        Validation = new() { ShorterSide = 48 },
    };

    public static DeepLabNetwork Network(int classes = 2, DeepLabHead head = DeepLabHead.V3, bool auxiliary = true, int seed = 7)
    {
        torch.random.manual_seed(seed);
        return new DeepLabNetwork(new ResNetBackbone(Shape), classes, head, auxiliary);
    }

    public static SemanticSet Set(ToyImages images) => new(images, images.Labels);
}
