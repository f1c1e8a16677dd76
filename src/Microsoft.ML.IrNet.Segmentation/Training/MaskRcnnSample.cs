using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>One photograph of a Mask R-CNN training batch, at the size it is trained at.</summary>
/// <param name="Pixels">[3, height, width], normalised.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Labels">Class index + 1 of each object.</param>
/// <param name="Weights">How much each object counts in the second stage's losses.</param>
/// <param name="Boxes">Of each object.</param>
/// <param name="Masks">Of each object, [height, width], 0 or 1.</param>
/// <param name="Seed">Decides which anchors and regions are sampled.</param>
internal sealed record MaskRcnnSample(
    float[] Pixels, int Height, int Width, int[] Labels, float[] Weights, BoundingBox[] Boxes, byte[][] Masks, long Seed);
