using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>One photograph of a DeepLab training batch.</summary>
/// <param name="Pixels">[3, crop, crop], normalised.</param>
/// <param name="Labels">[crop, crop]: 0 background, class + 1, 255 not known.</param>
/// <param name="DropoutSeed">Decides the step's dropout where it is the batch's first.</param>
internal sealed record DeepLabSample(float[] Pixels, byte[] Labels, int DropoutSeed)
{
    /// <summary>Pixels that have a label.</summary>
    public int Labelled { get; } = Labels.Length - Labels.AsSpan().Count(LabelMap.Void);
}
