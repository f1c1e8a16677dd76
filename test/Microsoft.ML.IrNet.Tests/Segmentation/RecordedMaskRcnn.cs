using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

/// <summary>The network, the photographs and the objects of the recordings of Mask R-CNN.</summary>
internal static class RecordedMaskRcnn
{
    public static readonly MaskRcnnInferenceOptions Inference = new() { ShorterSide = 96, LongerSide = 160, ProposalsBeforeNms = 150, Proposals = 40, Detections = 12 };

    /// <summary>Everything labelled is used, so that nothing is random.</summary>
    public static readonly MaskRcnnTrainingOptions Training = new()
    {
        ShorterSides = [96],
        LongerSide = 160,
        ProposalsBeforeNms = 120,
        Proposals = 40,
        AnchorsPerPhotograph = 1_000_000,
        RegionsPerPhotograph = 1_000_000,
        FrozenStages = 0,
        FreezeBatchNorms = false,
        FlipProbability = 0,
    };

    public static MaskRcnnNetwork Network()
    {
        MaskRcnnNetwork network = FormulaWeights.Fill(new MaskRcnnNetwork(new ResNetBackbone(new ResNetOptions { OutputStride = 32 }), classes: 3));
        network.eval();
        return network;
    }

    public static RgbImage[] Images(GoldenSet evaluation) => [RecordedTensors.Image(evaluation, "image_0"), RecordedTensors.Image(evaluation, "image_1")];

    /// <summary>An image as a step sees it.</summary>
    public static MaskRcnnSample Sample(GoldenSet training, RgbImage image, int index, bool withObjects = true) =>
        MaskRcnnAugmentation.Draw($"image {index}", image, withObjects ? Objects(training, index) : [], 3, Training, new RandomStream(index));

    private static InstanceLabel[] Objects(GoldenSet training, int index)
    {
        int[] shape = training.Shape($"target_masks_{index}");
        (float[] boxes, long[] labels, byte[] masks) =
            (training.Read<float>($"target_boxes_{index}"), training.Read<long>($"target_labels_{index}"), training.Read<byte>($"target_masks_{index}"));
        int pixels = shape[1] * shape[2];
        return [.. labels.Select((label, i) => new InstanceLabel(
            (int)label - 1, 1, new BoundingBox(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]),
            RunLengthMask.FromRowMajor(shape[1], shape[2], masks.AsSpan(i * pixels, pixels))))];
    }
}
