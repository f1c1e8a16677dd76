using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>A photograph to try options on, with all that the networks say of it.</summary>
/// <param name="Photograph">Which one.</param>
/// <param name="Image">Its pixels.</param>
/// <param name="Maps">What the networks gave.</param>
/// <param name="Cam">Class activation maps at its full size, [tags, height, width].</param>
/// <param name="Truth">The drawn masks; null where there are none.</param>
internal sealed record TuningSample(Photograph Photograph, RgbImage Image, NetworkMaps Maps, float[] Cam, ImageLabels? Truth);
