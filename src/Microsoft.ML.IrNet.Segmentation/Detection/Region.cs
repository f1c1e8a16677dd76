using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>A region of interest.</summary>
/// <param name="Image">Which image of the batch it lies in, from 0.</param>
/// <param name="Box">Where, in pixels of the network's input.</param>
internal readonly record struct Region(int Image, BoundingBox Box);
