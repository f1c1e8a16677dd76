using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>A photograph that has been read.</summary>
/// <param name="Photograph">Which one.</param>
/// <param name="Image">Its pixels.</param>
/// <param name="Truth">Its drawn masks; null where there are none, or where they are not asked for.</param>
internal sealed record LoadedPhotograph(Photograph Photograph, RgbImage Image, ImageLabels? Truth);
