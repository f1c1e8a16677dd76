namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>How RoI Align (Mask R-CNN, section 3) pools.</summary>
/// <param name="Rows">Rows of bins.</param>
/// <param name="Columns">Columns of bins.</param>
/// <param name="Scale">Cells of the map for a pixel of the boxes.</param>
/// <param name="SamplingRatio">Points a bin is sampled at along each axis; 0 or less for one point a cell, rounded up.</param>
/// <param name="Aligned">Whether the centre of cell 0 is pixel 0.5 and not pixel 0; boxes may then be smaller than a cell.</param>
internal sealed record RoiAlignSettings(int Rows, int Columns, float Scale, int SamplingRatio, bool Aligned);
