using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Segmentation.Networks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>What the mask head is to predict: an object's mask seen through the frame of a proposal.</summary>
internal static class MaskTarget
{
    /// <summary>RoI Align of a mask with as many samples as the box has pixels (sampling ratio -1, not aligned, scale 1): soft at the edge of the object.</summary>
    /// <param name="mask">0 or 1, [height, width].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="box">The proposal, in pixels of the mask.</param>
    /// <param name="side">Rows and columns wanted.</param>
    /// <param name="target">Receives [side, side], 0 to 1.</param>
    public static void Project(ReadOnlySpan<byte> mask, int height, int width, BoundingBox box, int side, Span<float> target)
    {
        ValueRange.RequireLength(mask.Length, (long)height * width, nameof(mask), "height x width");
        ValueRange.RequireLength(target.Length, (long)side * side, nameof(target), "side x side");
        var settings = new RoiAlignSettings(side, side, Scale: 1, SamplingRatio: -1, Aligned: false);
        var (vertical, horizontal) = (RoiAxis.Vertical(box, height, settings), RoiAxis.Horizontal(box, width, settings));
        (int first, int count) = horizontal.Range;
        var sums = new float[count];
        for (int down = 0; down < side; down++)
        {
            // The mean over rows first: every pixel of the box is then read about once.
            SumRows(mask[first..], width, vertical[down], sums);
            for (int across = 0; across < side; across++)
                target[down * side + across] = Sum(sums, first, horizontal[across]);
        }
    }

    private static void SumRows(ReadOnlySpan<byte> mask, int width, RoiBin rows, Span<float> sums)
    {
        sums.Clear();
        for (int i = 0; i < rows.Cells.Length && sums.Length > 0; i++)
        {
            ReadOnlySpan<byte> row = mask.Slice(rows.Cells[i] * width, sums.Length);
            for (int x = 0; x < row.Length; x++)
                sums[x] += rows.Weights[i] * row[x];
        }
    }

    private static float Sum(ReadOnlySpan<float> sums, int first, RoiBin columns)
    {
        float sum = 0;
        for (int i = 0; i < columns.Cells.Length; i++)
            sum += columns.Weights[i] * sums[columns.Cells[i] - first];
        return sum;
    }
}
