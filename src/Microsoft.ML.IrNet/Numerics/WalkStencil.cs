using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// The symmetric form M = D^-1/2 S D^-1/2 of the walk's transition matrix T = S D^-1, kept as one weight for each pixel and direction: S holds the
/// affinities to the power beta with a unit diagonal, D its column sums. Rows are padded with zeros so that the kernel needs no borders.
/// </summary>
internal sealed class WalkStencil
{
    // Two of the widest vectors.
    private const int ColumnsAtOnce = 32;

    private readonly int[] _deltaY;
    private readonly int[] _deltaX;
    private readonly double[] _rootDegrees;
    private readonly float[] _inverseRoots;

    public WalkStencil(float[] boundary, int rows, int columns, RandomWalkOptions options)
    {
        var index = new PathIndex(options.Radius);
        (Rows, Columns, Padding) = (rows, columns, index.RadiusFloor);
        long stride = (columns + (long)ColumnsAtOnce - 1) / ColumnsAtOnce * ColumnsAtOnce + Padding;
        long weights = (rows + Padding) * index.Directions.Count * stride + Padding;
        if (weights > Array.MaxLength)
            throw new ArgumentException($"A grid of {rows} x {columns} cells is too large for a walk of radius {options.Radius}.", nameof(boundary));
        Stride = (int)stride;
        _deltaY = [.. index.Directions.Select(direction => direction.DeltaY)];
        _deltaX = [.. index.Directions.Select(direction => direction.DeltaX)];
        Weights = new float[weights];
        SelfWeights = new float[StateLength];
        Offsets = [.. index.Directions.Select(direction => (
            direction.DeltaY * Stride + direction.DeltaX, -direction.DeltaY * index.Directions.Count * Stride - direction.DeltaX))];
        _rootDegrees = new double[rows * columns];
        _inverseRoots = new float[rows * columns];
        long operations = columns * 10L * Directions;
        RowBands.For(rows, operations, (first, end) =>
        {
            for (int y = first; y < end; y++)
                for (int k = 0; k < Directions; k++)
                    ComputeAffinities(boundary, y, k, index.Directions[k].Path, options.Beta);
        });
        RowBands.For(rows, operations, SumDegrees);
        RowBands.For(rows, operations, Normalise);
        RowBands.For(rows, operations, BalanceSelfWeights);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The rows above and below that a row depends on.</summary>
    public int Padding { get; }

    /// <summary>From row to row, and from direction to direction of the weights.</summary>
    public int Stride { get; }

    /// <summary>By row and direction, see <see cref="WeightIndex"/>; 0 where there is no neighbour.</summary>
    public float[] Weights { get; }

    /// <summary>A padded map.</summary>
    public float[] SelfWeights { get; }

    /// <summary>For each direction: how much further a cell's neighbour lies in a padded map, and the weight of the opposite neighbour in the weights.</summary>
    public (int Ahead, int Opposite)[] Offsets { get; }

    /// <summary>The length of one map in padded form.</summary>
    public int StateLength => (Rows + 2 * Padding) * Stride + Padding;

    private int Directions => _deltaY.Length;

    /// <summary>Where cell (<paramref name="y"/>, 0) lies in a padded map.</summary>
    public int StateIndex(int y) => (y + Padding) * Stride + Padding;

    /// <summary>The root of a cell's summed affinities, which turns the walk into its symmetric form.</summary>
    public double RootDegree(int cell) => _rootDegrees[cell];

    /// <summary>Where the weight of cell (<paramref name="y"/>, 0) in a direction lies.</summary>
    public int WeightIndex(int y, int direction) => ((y + Padding) * Directions + direction) * Stride + Padding;

    private void ComputeAffinities(float[] boundary, int y, int direction, IReadOnlyList<(int Y, int X)> path, double beta)
    {
        if (y + _deltaY[direction] >= Rows)
            return;
        int first = Math.Max(0, -_deltaX[direction]);
        int end = Math.Min(Columns, Columns - _deltaX[direction]);
        if (first >= end)
            return;
        Span<float> row = Weights.AsSpan(WeightIndex(y, direction) + first, end - first);
        foreach (var (pathY, pathX) in path)
            TensorPrimitives.Max(row, boundary.AsSpan((y + pathY) * Columns + first + pathX, row.Length), row);
        AffinityPower.Replace(row, beta);
    }

    private void SumDegrees(int firstRow, int endRow)
    {
        var degrees = new float[Columns];
        for (int y = firstRow; y < endRow; y++)
        {
            degrees.AsSpan().Fill(1);
            for (int k = 0; k < Directions; k++)
            {
                int forward = WeightIndex(y, k);
                int backward = WeightIndex(y - _deltaY[k], k) - _deltaX[k];
                TensorPrimitives.Add(degrees, Weights.AsSpan(forward, Columns), degrees);
                TensorPrimitives.Add(degrees, Weights.AsSpan(backward, Columns), degrees);
            }
            for (int x = 0; x < Columns; x++)
            {
                double root = Math.Sqrt(degrees[x]);
                (_rootDegrees[y * Columns + x], _inverseRoots[y * Columns + x]) = (root, (float)(1 / root));
            }
        }
    }

    private void Normalise(int firstRow, int endRow)
    {
        for (int y = firstRow; y < endRow; y++)
            for (int k = 0; k < Directions; k++)
            {
                if (y + _deltaY[k] >= Rows)
                    continue;
                int first = Math.Max(0, -_deltaX[k]);
                int end = Math.Min(Columns, Columns - _deltaX[k]);
                if (first >= end)
                    continue;
                Span<float> weights = Weights.AsSpan(WeightIndex(y, k) + first, end - first);
                TensorPrimitives.Multiply(weights, _inverseRoots.AsSpan(y * Columns + first, weights.Length), weights);
                TensorPrimitives.Multiply(weights, _inverseRoots.AsSpan((y + _deltaY[k]) * Columns + _deltaX[k] + first, weights.Length), weights);
            }
    }

    /// <summary>
    /// The self weight is 1 / degree. It is taken as what the rounded weights leave of the eigenvalue 1, so that hundreds of steps add no drift.
    /// </summary>
    private void BalanceSelfWeights(int firstRow, int endRow)
    {
        var linked = new double[Columns];
        for (int y = firstRow; y < endRow; y++)
        {
            Array.Clear(linked);
            for (int k = 0; k < Directions; k++)
            {
                AddLinks(linked, y, _deltaY[k], _deltaX[k], WeightIndex(y, k));
                AddLinks(linked, y, -_deltaY[k], -_deltaX[k], WeightIndex(y - _deltaY[k], k) - _deltaX[k]);
            }
            for (int x = 0; x < Columns; x++)
                SelfWeights[StateIndex(y) + x] = (float)(1 - linked[x] / _rootDegrees[y * Columns + x]);
        }
    }

    private void AddLinks(double[] linked, int y, int deltaY, int deltaX, int weight)
    {
        if (y + deltaY < 0 || y + deltaY >= Rows)
            return;
        int first = Math.Max(0, -deltaX), end = Math.Min(Columns, Columns - deltaX);
        if (first < end)
            AddProducts(linked.AsSpan(first, end - first), Weights.AsSpan(weight + first), _rootDegrees.AsSpan((y + deltaY) * Columns + deltaX + first));
    }

    private static void AddProducts(Span<double> sums, ReadOnlySpan<float> weights, ReadOnlySpan<double> roots)
    {
        int x = 0;
        int lanes = Vector<double>.Count;
        ref double sum = ref MemoryMarshal.GetReference(sums);
        ref float weight = ref MemoryMarshal.GetReference(weights);
        ref double root = ref MemoryMarshal.GetReference(roots);
        for (; x + 2 * lanes <= sums.Length; x += 2 * lanes)
        {
            Vector.Widen(Vector.LoadUnsafe(ref weight, (nuint)x), out Vector<double> lower, out Vector<double> upper);
            (Vector.LoadUnsafe(ref sum, (nuint)x) + lower * Vector.LoadUnsafe(ref root, (nuint)x)).StoreUnsafe(ref sum, (nuint)x);
            nuint next = (nuint)(x + lanes);
            (Vector.LoadUnsafe(ref sum, next) + upper * Vector.LoadUnsafe(ref root, next)).StoreUnsafe(ref sum, next);
        }
        for (; x < sums.Length; x++)
            sums[x] += weights[x] * roots[x];
    }
}
