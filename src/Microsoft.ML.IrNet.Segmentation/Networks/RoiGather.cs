using Microsoft.ML.IrNet.Segmentation.Detection;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>The cells that the bins of consecutive regions sample and their weights, as many for each bin; a cell of weight 0 fills up.</summary>
internal sealed class RoiGather
{
    private readonly long[] _cells;
    private readonly float[] _weights;
    private readonly long _bins;

    private RoiGather(int first, (RoiAxis Vertical, RoiAxis Horizontal)[] axes, long[] images, int columns)
    {
        (First, Count) = (first, axes.Length);
        _bins = (long)axes[0].Vertical.Bins * axes[0].Horizontal.Bins;
        (int tall, int wide) = (Math.Max(1, axes.Max(axis => axis.Vertical.Widest)), Math.Max(1, axes.Max(axis => axis.Horizontal.Widest)));
        CellsPerBin = tall * wide;
        _cells = new long[Count * _bins * CellsPerBin];
        _weights = new float[_cells.Length];
        for (int i = 0; i < Count; i++)
            for (int bin = 0; bin < _bins; bin++)
            {
                int start = (int)((i * _bins + bin) * CellsPerBin);
                Fill(axes[i].Vertical, axes[i].Horizontal, bin, images[i], columns, wide, _cells.AsSpan(start, CellsPerBin), _weights.AsSpan(start, CellsPerBin));
            }
    }

    /// <summary>The first region.</summary>
    public int First { get; }

    /// <summary>Regions.</summary>
    public int Count { get; }

    /// <summary>Cells of a bin.</summary>
    public int CellsPerBin { get; }

    /// <summary>All regions in consecutive parts.</summary>
    /// <param name="shape">Of the features, [images, channels, rows, columns].</param>
    /// <param name="regions">The regions.</param>
    /// <param name="settings">How they are pooled.</param>
    /// <param name="workingValues">The most values that a part gathers, unless it is a single region.</param>
    public static IEnumerable<RoiGather> Parts(long[] shape, IReadOnlyList<Region> regions, RoiAlignSettings settings, long workingValues)
    {
        (long channels, int rows, int columns) = (shape[1], (int)shape[2], (int)shape[3]);
        var axes = new List<(RoiAxis Vertical, RoiAxis Horizontal)>();
        var images = new List<long>();
        (int tall, int wide, int first) = (1, 1, 0);
        for (int i = 0; i < regions.Count; i++)
        {
            (RoiAxis vertical, RoiAxis horizontal) = (RoiAxis.Vertical(regions[i].Box, rows, settings), RoiAxis.Horizontal(regions[i].Box, columns, settings));
            (tall, wide) = (Math.Max(tall, vertical.Widest), Math.Max(wide, horizontal.Widest));
            if (axes.Count > 0 && (axes.Count + 1) * channels * settings.Rows * settings.Columns * tall * wide > workingValues)
            {
                yield return new RoiGather(first, [.. axes], [.. images], columns);
                axes.Clear();
                images.Clear();
                (tall, wide, first) = (Math.Max(1, vertical.Widest), Math.Max(1, horizontal.Widest), i);
            }
            axes.Add((vertical, horizontal));
            images.Add((long)regions[i].Image * rows);
        }
        if (axes.Count > 0)
            yield return new RoiGather(first, [.. axes], [.. images], columns);
    }

    /// <summary>The cells as rows of [images x rows x columns, channels] and their weights, both [regions x bins, cells of a bin].</summary>
    public (Tensor Cells, Tensor Weights) ToTensors(Device device) =>
        (tensor(_cells, [Count * _bins, CellsPerBin], device: device), tensor(_weights, [Count * _bins, CellsPerBin], device: device));

    private static void Fill(RoiAxis vertical, RoiAxis horizontal, int bin, long firstRow, int columns, int wide, Span<long> cells, Span<float> weights)
    {
        (int down, int across) = Math.DivRem(bin, horizontal.Bins);
        RoiBin rowBin = vertical[down], columnBin = horizontal[across];
        // Those that fill up stand for a cell of the same image, so that a value that is no number stays in its image.
        cells.Fill(firstRow * columns);
        for (int y = 0; y < rowBin.Cells.Length; y++)
            for (int x = 0; x < columnBin.Cells.Length; x++)
            {
                cells[y * wide + x] = (firstRow + rowBin.Cells[y]) * columns + columnBin.Cells[x];
                weights[y * wide + x] = rowBin.Weights[y] * columnBin.Weights[x];
            }
    }
}
