using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>
/// A predicted mask stretched to whole pixels, as published: the prediction with a border of zeros, its box enlarged by as much and cut to whole pixels towards zero, the
/// last one included. Computed column by column, the order of run lengths.
/// </summary>
internal sealed class PasteFrame
{
    private readonly float[] _bordered;
    private readonly int _side;
    private readonly int _left;
    private readonly BilinearAxis _rows;
    private readonly BilinearAxis _columns;
    private readonly float[] _blended;
    private readonly float[] _column;
    private readonly int _above;

    /// <param name="probabilities">[side, side].</param>
    /// <param name="side">Rows and columns of the prediction.</param>
    /// <param name="box">Its box, in pixels of the image.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    public PasteFrame(ReadOnlySpan<float> probabilities, int side, BoundingBox box, int height, int width)
    {
        ValueRange.RequireLength(probabilities.Length, (long)side * side, nameof(probabilities), "side x side");
        _side = side + 2;
        _bordered = new float[_side * _side];
        // Transposed, so that a column of the image is a row of the resizing.
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
                _bordered[(x + 1) * _side + y + 1] = probabilities[y * side + x];
        (int x0, int y0, int x1, int y1) = Expand(box, side);
        (int left, int right) = (Math.Max(x0, 0), Math.Min(x1 + 1, width));
        (int top, int bottom) = (Math.Max(y0, 0), Math.Min(y1 + 1, height));
        (_left, Top, _above) = (x0, top, top - y0);
        // What lies beyond the image on the right and at the bottom is not computed.
        _columns = new BilinearAxis(_side, Math.Max(x1 - x0 + 1, 1), Math.Max(right - x0, 0));
        _rows = new BilinearAxis(_side, Math.Max(y1 - y0 + 1, 1), Math.Max(bottom - y0, 0));
        Columns = bottom > top && right > left ? Enumerable.Range(left, right - left) : [];
        _blended = new float[_side];
        _column = new float[_rows.Length];
    }

    /// <summary>The columns of the image that the mask covers.</summary>
    public IEnumerable<int> Columns { get; }

    /// <summary>The first row of the image that it covers.</summary>
    public int Top { get; }

    /// <summary>The probabilities of a column from <see cref="Top"/> down, until the next call.</summary>
    public ReadOnlySpan<float> Column(int x)
    {
        Bilinear.ResizeRow(_bordered, _side, _columns, _rows, x - _left, _blended, _column);
        return _column.AsSpan(_above);
    }

    /// <summary>A box enlarged about its centre by the border of its mask, its edges cut to whole pixels; the last row and column are part of it.</summary>
    internal static (int X0, int Y0, int X1, int Y1) Expand(BoundingBox box, int side)
    {
        float scale = (float)((side + 2.0) / side);
        (float halfWidth, float halfHeight) = (box.Width * 0.5f * scale, box.Height * 0.5f * scale);
        (float x, float y) = ((box.X1 + box.X0) * 0.5f, (box.Y1 + box.Y0) * 0.5f);
        return ((int)(x - halfWidth), (int)(y - halfHeight), (int)(x + halfWidth), (int)(y + halfHeight));
    }
}
