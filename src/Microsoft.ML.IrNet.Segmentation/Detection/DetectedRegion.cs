using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>An object found, without its mask.</summary>
/// <param name="Label">Class index + 1.</param>
/// <param name="Score">0..1.</param>
/// <param name="Box">In pixels of the network's input.</param>
internal readonly record struct DetectedRegion(int Label, float Score, BoundingBox Box);
