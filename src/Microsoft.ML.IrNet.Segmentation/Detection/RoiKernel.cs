using System.Numerics.Tensors;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>RoI Align of one region and its way back, over maps that hold the channels of a cell side by side.</summary>
internal static class RoiKernel
{
    /// <summary>Pools a region.</summary>
    /// <param name="map">The features of its image, [rows, columns, channels].</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="vertical">The region's rows.</param>
    /// <param name="horizontal">The region's columns.</param>
    /// <param name="pooled">Receives [bins down, bins across, channels].</param>
    public static void Pool(ReadOnlySpan<float> map, int columns, RoiAxis vertical, RoiAxis horizontal, Span<float> pooled)
    {
        pooled.Clear();
        int channels = pooled.Length / (vertical.Bins * horizontal.Bins);
        for (int bin = 0; bin < vertical.Bins * horizontal.Bins; bin++)
        {
            (int down, int across) = Math.DivRem(bin, horizontal.Bins);
            RoiBin rowBin = vertical[down], columnBin = horizontal[across];
            Span<float> sum = pooled.Slice(bin * channels, channels);
            for (int y = 0; y < rowBin.Cells.Length; y++)
                for (int x = 0; x < columnBin.Cells.Length; x++)
                {
                    ReadOnlySpan<float> cell = map.Slice((rowBin.Cells[y] * columns + columnBin.Cells[x]) * channels, channels);
                    TensorPrimitives.MultiplyAdd(cell, rowBin.Weights[y] * columnBin.Weights[x], sum, sum);
                }
        }
    }

    /// <summary>Adds what a region gives to the gradient of the features, in some of the channels.</summary>
    /// <param name="gradient">The gradient of the pooled region, [bins down, bins across, channels].</param>
    /// <param name="firstChannel">The first channel.</param>
    /// <param name="count">Channels.</param>
    /// <param name="vertical">The region's rows.</param>
    /// <param name="horizontal">The region's columns.</param>
    /// <param name="map">The gradient of its image's features, [rows, columns, channels].</param>
    /// <param name="columns">Columns of the map.</param>
    public static void Spread(
        ReadOnlySpan<float> gradient, int firstChannel, int count, RoiAxis vertical, RoiAxis horizontal, Span<float> map, int columns)
    {
        int channels = gradient.Length / (vertical.Bins * horizontal.Bins);
        for (int bin = 0; bin < vertical.Bins * horizontal.Bins; bin++)
        {
            (int down, int across) = Math.DivRem(bin, horizontal.Bins);
            RoiBin rowBin = vertical[down], columnBin = horizontal[across];
            ReadOnlySpan<float> pull = gradient.Slice(bin * channels + firstChannel, count);
            for (int y = 0; y < rowBin.Cells.Length; y++)
                for (int x = 0; x < columnBin.Cells.Length; x++)
                {
                    Span<float> cell = map.Slice((rowBin.Cells[y] * columns + columnBin.Cells[x]) * channels + firstChannel, count);
                    TensorPrimitives.MultiplyAdd(pull, rowBin.Weights[y] * columnBin.Weights[x], cell, cell);
                }
        }
    }
}
