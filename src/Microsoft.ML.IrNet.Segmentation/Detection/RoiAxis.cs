using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Networks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>
/// One axis of RoI Align: the cells that each bin of a region samples and what each counts for. A bin is the mean of bilinear samples on a grid, so that the weight of a
/// cell is the product of those of its row and of its column.
/// </summary>
internal sealed class RoiAxis
{
    private readonly int[] _ends;
    private readonly int[] _cells;
    private readonly float[] _weights;

    private RoiAxis(float from, float to, int bins, int cells, RoiAlignSettings settings)
    {
        float offset = settings.Aligned ? 0.5f : 0;
        float start = from * settings.Scale - offset, size = to * settings.Scale - offset - start;
        if (!settings.Aligned)
            size = MathF.Max(size, 1);
        float bin = size / bins;
        int samples = settings.SamplingRatio > 0 ? settings.SamplingRatio : Math.Max(0, (int)MathF.Ceiling(bin));
        int most = bins * (int)Math.Min(2L * samples, cells);
        (_ends, _cells, _weights) = (new int[bins], new int[most], new float[most]);
        int count = 0;
        for (int i = 0; i < bins; i++)
        {
            int first = count;
            for (int k = 0; k < samples; k++)
                AddSample(start + i * bin + (k + 0.5f) * bin / samples, cells, first, ref count);
            for (int entry = first; entry < count; entry++)
                _weights[entry] /= samples;
            _ends[i] = count;
            Widest = Math.Max(Widest, count - first);
        }
    }

    /// <summary>Bins along the axis.</summary>
    public int Bins => _ends.Length;

    /// <summary>The most cells of a bin.</summary>
    public int Widest { get; }

    /// <summary>The first cell of any bin, and how many there are from it to the last of any.</summary>
    public (int First, int Count) Range
    {
        get
        {
            ReadOnlySpan<int> used = _cells.AsSpan(0, _ends[^1]);
            return used.IsEmpty ? default : (used[0], used[^1] - used[0] + 1);
        }
    }

    /// <summary>The rows of a region in a map of so many.</summary>
    public static RoiAxis Vertical(BoundingBox box, int rows, RoiAlignSettings settings) => new(box.Y0, box.Y1, settings.Rows, rows, settings);

    /// <summary>The columns of a region in a map of so many.</summary>
    public static RoiAxis Horizontal(BoundingBox box, int columns, RoiAlignSettings settings) => new(box.X0, box.X1, settings.Columns, columns, settings);

    /// <summary>A bin.</summary>
    public RoiBin this[int bin]
    {
        get
        {
            int first = bin == 0 ? 0 : _ends[bin - 1];
            return new RoiBin(_cells.AsSpan(first.._ends[bin]), _weights.AsSpan(first.._ends[bin]));
        }
    }

    /// <summary>Adds a sample to the bin whose entries begin at <paramref name="first"/>.</summary>
    private void AddSample(float position, int cells, int first, ref int count)
    {
        // As published: up to one cell outside counts as the border, farther out as 0, which the mean still counts.
        if (position < -1 || position > cells)
            return;
        position = MathF.Max(position, 0);
        int lower = Math.Min((int)position, cells - 1);
        float upperShare = lower == cells - 1 ? 0 : position - lower;
        Add(lower, 1 - upperShare, first, ref count);
        if (upperShare > 0)
            Add(lower + 1, upperShare, first, ref count);
    }

    private void Add(int cell, float weight, int first, ref int count)
    {
        int entry = _cells.AsSpan(first, count - first).LastIndexOf(cell);
        if (entry < 0)
        {
            entry = count++ - first;
            _cells[first + entry] = cell;
        }
        _weights[first + entry] += weight;
    }
}
