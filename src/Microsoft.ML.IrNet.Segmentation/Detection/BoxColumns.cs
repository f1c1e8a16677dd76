using System.Numerics;
using System.Runtime.CompilerServices;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Boxes as an array for each edge, filled up with empty boxes to whole vectors, so that one box meets many at once.</summary>
internal sealed class BoxColumns
{
    private readonly float[] _x0, _y0, _x1, _y1, _areas;

    /// <param name="boxes">The boxes.</param>
    /// <param name="order">Which box is which column.</param>
    public BoxColumns(ReadOnlySpan<BoundingBox> boxes, ReadOnlySpan<int> order)
        : this(order.Length)
    {
        for (int i = 0; i < order.Length; i++)
            Set(i, boxes[order[i]]);
    }

    public BoxColumns(ReadOnlySpan<BoundingBox> boxes)
        : this(boxes.Length)
    {
        for (int i = 0; i < boxes.Length; i++)
            Set(i, boxes[i]);
    }

    private BoxColumns(int count)
    {
        Length = Padded(count);
        (_x0, _y0, _x1, _y1, _areas) = (new float[Length], new float[Length], new float[Length], new float[Length], new float[Length]);
    }

    /// <summary>Columns with those that fill up: a whole number of vectors.</summary>
    public int Length { get; }

    /// <summary>The box of a column.</summary>
    public BoundingBox this[int column] => new(_x0[column], _y0[column], _x1[column], _y1[column]);

    /// <summary>As many columns as so many boxes take.</summary>
    public static int Padded(int count) => (count + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;

    /// <summary><see cref="Boxes.IntersectionOverUnion"/> of a box and of a vector of columns, the same to the last bit.</summary>
    /// <param name="box">The box.</param>
    /// <param name="column">The first column; a whole vector must follow.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<float> Overlaps(in BoxLanes box, int column)
    {
        Vector<float> width = Smaller(box.X1, new(_x1, column)) - Larger(box.X0, new(_x0, column));
        Vector<float> height = Smaller(box.Y1, new(_y1, column)) - Larger(box.Y0, new(_y0, column));
        Vector<float> intersection = Larger(width, Vector<float>.Zero) * Larger(height, Vector<float>.Zero);
        return intersection / (box.Area + new Vector<float>(_areas, column) - intersection);
    }

    // Vector.Min and Max take several instructions to care for NaN.
    private static Vector<float> Smaller(Vector<float> a, Vector<float> b) => Vector.ConditionalSelect(Vector.LessThan(a, b), a, b);

    private static Vector<float> Larger(Vector<float> a, Vector<float> b) => Vector.ConditionalSelect(Vector.GreaterThan(a, b), a, b);

    private void Set(int column, BoundingBox box) =>
        (_x0[column], _y0[column], _x1[column], _y1[column], _areas[column]) = (box.X0, box.Y0, box.X1, box.Y1, Boxes.Area(box));
}
