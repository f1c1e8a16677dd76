using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>A photograph with everything the method found in it.</summary>
/// <param name="Photograph">Which one.</param>
/// <param name="Image">Its pixels.</param>
/// <param name="Maps">What the networks gave.</param>
/// <param name="Labels">The masks made from the maps.</param>
/// <param name="Truth">The drawn masks, where the data set has them.</param>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed record LabelledPhotograph(
    Photograph Photograph, RgbImage Image, NetworkMaps Maps, ImageLabels Labels, ImageLabels? Truth);
