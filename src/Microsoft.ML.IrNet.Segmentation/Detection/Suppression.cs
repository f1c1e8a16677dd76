using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>A way to suppress among boxes, as <see cref="NonMaximumSuppression.Keep"/> does.</summary>
internal delegate int[] Suppression(ReadOnlySpan<BoundingBox> boxes, ReadOnlySpan<float> scores, double threshold);
