using System.Numerics;
using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// The symmetric form M = D^-1/2 S D^-1/2 of the walk's transition matrix T = S D^-1, kept as one weight for each pixel and direction: S holds the
/// affinities to the power beta with a unit diagonal, D its column sums. Rows are padded with zeros so that the kernel needs no borders.
/// </summary>
internal sealed class WalkStencil
{
    // Weaker links change nothing that float32 can hold, and without them no product is a slow denormal number.
    private const float WeakestAffinity = 1e-12f;
    private const float SmallestState = 1e-20f;

    private readonly int[] _deltaY;
    private readonly int[] _deltaX;
    private readonly float[] _weights;
    private readonly float[] _selfWeights;
    private readonly double[] _rootDegrees;

    public WalkStencil(float[] boundary, int rows, int columns, RandomWalkOptions options)
    {
        var index = new PathIndex(options.Radius);
        (Rows, Columns, Padding) = (rows, columns, index.RadiusFloor);
        int lanes = Vector<float>.Count;
        long stride = (columns + (long)lanes - 1) / lanes * lanes + Padding;
        long weights = (rows + Padding) * index.Directions.Count * stride + Padding;
        if (weights > Array.MaxLength)
            throw new ArgumentException($"A grid of {rows} x {columns} cells is too large for a walk of radius {options.Radius}.", nameof(boundary));
        Stride = (int)stride;
        _deltaY = [.. index.Directions.Select(direction => direction.DeltaY)];
        _deltaX = [.. index.Directions.Select(direction => direction.DeltaX)];
        _weights = new float[weights];
        _selfWeights = new float[StateLength];
        _rootDegrees = new double[rows * columns];
        long operations = columns * 10L * Directions;
        RowBands.For(rows, operations, (first, end) =>
        {
            for (int y = first; y < end; y++)
                for (int k = 0; k < Directions; k++)
                    ComputeAffinities(boundary, y, k, index.Directions[k].Path, (float)options.Beta);
        });
        RowBands.For(rows, operations, SumDegrees);
        RowBands.For(rows, operations, Normalise);
        RowBands.For(rows, operations, BalanceSelfWeights);
    }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>The length of one map in padded form.</summary>
    public int StateLength => (Rows + 2 * Padding) * Stride + Padding;

    private int Directions => _deltaY.Length;

    private int Padding { get; }

    private int Stride { get; }

    /// <summary>Where cell (<paramref name="y"/>, 0) lies in a padded map.</summary>
    public int StateIndex(int y) => (y + Padding) * Stride + Padding;

    /// <summary>The root of a cell's summed affinities, which turns the walk into its symmetric form.</summary>
    public double RootDegree(int cell) => _rootDegrees[cell];

    /// <summary>
    /// One step of the Chebyshev recurrence over some rows of one map: previous := factor M current - previous, and sum += coefficient times that.
    /// </summary>
    public void Step(int firstRow, int endRow, float factor, ReadOnlySpan<float> current, Span<float> previous, float coefficient, Span<float> sum)
    {
        int lanes = Vector<float>.Count;
        for (int y = firstRow; y < endRow; y++)
        {
            int x = 0;
            for (; x + 3 * lanes < Columns; x += 4 * lanes)
                StepFourVectors(y, x, factor, current, previous, coefficient, sum);
            for (; x < Columns; x += lanes)
                StepVector(y, x, factor, current, previous, coefficient, sum);
        }
    }

    private void StepFourVectors(int y, int x, float factor, ReadOnlySpan<float> current, Span<float> previous, float coefficient, Span<float> sum)
    {
        nuint lanes = (nuint)Vector<float>.Count;
        nuint at = (nuint)(StateIndex(y) + x);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref float self = ref MemoryMarshal.GetArrayDataReference(_selfWeights);
        ref float state = ref MemoryMarshal.GetReference(current);
        Vector<float> s0 = Vector.LoadUnsafe(ref self, at) * Vector.LoadUnsafe(ref state, at);
        Vector<float> s1 = Vector.LoadUnsafe(ref self, at + lanes) * Vector.LoadUnsafe(ref state, at + lanes);
        Vector<float> s2 = Vector.LoadUnsafe(ref self, at + 2 * lanes) * Vector.LoadUnsafe(ref state, at + 2 * lanes);
        Vector<float> s3 = Vector.LoadUnsafe(ref self, at + 3 * lanes) * Vector.LoadUnsafe(ref state, at + 3 * lanes);
        for (int k = 0; k < _deltaY.Length; k++)
        {
            int offset = _deltaY[k] * Stride + _deltaX[k];
            nuint there = (nuint)((int)at + offset);
            nuint weight = (nuint)(WeightIndex(y, k) + x);
            s0 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight), Vector.LoadUnsafe(ref state, there), s0);
            s1 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight + lanes), Vector.LoadUnsafe(ref state, there + lanes), s1);
            s2 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight + 2 * lanes), Vector.LoadUnsafe(ref state, there + 2 * lanes), s2);
            s3 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight + 3 * lanes), Vector.LoadUnsafe(ref state, there + 3 * lanes), s3);
            there = (nuint)((int)at - offset);
            weight = (nuint)(WeightIndex(y - _deltaY[k], k) + x - _deltaX[k]);
            s0 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight), Vector.LoadUnsafe(ref state, there), s0);
            s1 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight + lanes), Vector.LoadUnsafe(ref state, there + lanes), s1);
            s2 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight + 2 * lanes), Vector.LoadUnsafe(ref state, there + 2 * lanes), s2);
            s3 = MultiplyAdd(Vector.LoadUnsafe(ref weights, weight + 3 * lanes), Vector.LoadUnsafe(ref state, there + 3 * lanes), s3);
        }
        Store(at, factor, s0, previous, coefficient, sum);
        Store(at + lanes, factor, s1, previous, coefficient, sum);
        Store(at + 2 * lanes, factor, s2, previous, coefficient, sum);
        Store(at + 3 * lanes, factor, s3, previous, coefficient, sum);
    }

    private void StepVector(int y, int x, float factor, ReadOnlySpan<float> current, Span<float> previous, float coefficient, Span<float> sum)
    {
        nuint at = (nuint)(StateIndex(y) + x);
        ref float weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref float state = ref MemoryMarshal.GetReference(current);
        Vector<float> s = Vector.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_selfWeights), at) * Vector.LoadUnsafe(ref state, at);
        for (int k = 0; k < _deltaY.Length; k++)
        {
            int offset = _deltaY[k] * Stride + _deltaX[k];
            nuint forward = (nuint)(WeightIndex(y, k) + x);
            nuint backward = (nuint)(WeightIndex(y - _deltaY[k], k) + x - _deltaX[k]);
            s = MultiplyAdd(Vector.LoadUnsafe(ref weights, forward), Vector.LoadUnsafe(ref state, (nuint)((int)at + offset)), s);
            s = MultiplyAdd(Vector.LoadUnsafe(ref weights, backward), Vector.LoadUnsafe(ref state, (nuint)((int)at - offset)), s);
        }
        Store(at, factor, s, previous, coefficient, sum);
    }

    private static void Store(nuint at, float factor, Vector<float> product, Span<float> previous, float coefficient, Span<float> sum)
    {
        ref float state = ref MemoryMarshal.GetReference(previous);
        ref float total = ref MemoryMarshal.GetReference(sum);
        Vector<float> next = product * factor - Vector.LoadUnsafe(ref state, at);
        next = Vector.ConditionalSelect(Vector.LessThan(Vector.Abs(next), new Vector<float>(SmallestState)), Vector<float>.Zero, next);
        next.StoreUnsafe(ref state, at);
        if (coefficient != 0)
            (Vector.LoadUnsafe(ref total, at) + next * coefficient).StoreUnsafe(ref total, at);
    }

    private static Vector<float> MultiplyAdd(Vector<float> left, Vector<float> right, Vector<float> addend) =>
#if NET9_0_OR_GREATER
        Vector.MultiplyAddEstimate(left, right, addend);
#else
        left * right + addend;
#endif

    private int WeightIndex(int y, int direction) => ((y + Padding) * Directions + direction) * Stride + Padding;

    private void ComputeAffinities(float[] boundary, int y, int direction, IReadOnlyList<(int Y, int X)> path, float beta)
    {
        if (y + _deltaY[direction] >= Rows)
            return;
        int first = Math.Max(0, -_deltaX[direction]);
        int end = Math.Min(Columns, Columns - _deltaX[direction]);
        if (first >= end)
            return;
        Span<float> row = _weights.AsSpan(WeightIndex(y, direction) + first, end - first);
        foreach (var (pathY, pathX) in path)
            RaiseTo(row, boundary.AsSpan((y + pathY) * Columns + first + pathX, row.Length));
        for (int x = 0; x < row.Length; x++)
        {
            float affinity = MathF.Pow(1 - row[x], beta);
            row[x] = affinity < WeakestAffinity ? 0 : affinity;
        }
    }

    private static void RaiseTo(Span<float> row, ReadOnlySpan<float> values)
    {
        int x = 0;
        ref float target = ref MemoryMarshal.GetReference(row);
        ref float source = ref MemoryMarshal.GetReference(values);
        for (; x + Vector<float>.Count <= row.Length; x += Vector<float>.Count)
            Vector.Max(Vector.LoadUnsafe(ref target, (nuint)x), Vector.LoadUnsafe(ref source, (nuint)x)).StoreUnsafe(ref target, (nuint)x);
        for (; x < row.Length; x++)
            row[x] = Math.Max(row[x], values[x]);
    }

    private void SumDegrees(int firstRow, int endRow)
    {
        for (int y = firstRow; y < endRow; y++)
        {
            Span<double> degrees = _rootDegrees.AsSpan(y * Columns, Columns);
            degrees.Fill(1);
            for (int k = 0; k < Directions; k++)
            {
                int forward = WeightIndex(y, k);
                int backward = WeightIndex(y - _deltaY[k], k) - _deltaX[k];
                for (int x = 0; x < degrees.Length; x++)
                    degrees[x] += (double)_weights[forward + x] + _weights[backward + x];
            }
            for (int x = 0; x < degrees.Length; x++)
                degrees[x] = Math.Sqrt(degrees[x]);
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
                int here = y * Columns;
                int there = (y + _deltaY[k]) * Columns + _deltaX[k];
                int weight = WeightIndex(y, k);
                for (int x = first; x < end; x++)
                    _weights[weight + x] = (float)(_weights[weight + x] / (_rootDegrees[here + x] * _rootDegrees[there + x]));
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
                _selfWeights[StateIndex(y) + x] = (float)(1 - linked[x] / _rootDegrees[y * Columns + x]);
        }
    }

    private void AddLinks(double[] linked, int y, int deltaY, int deltaX, int weight)
    {
        if (y + deltaY < 0 || y + deltaY >= Rows)
            return;
        int there = (y + deltaY) * Columns + deltaX;
        for (int x = Math.Max(0, -deltaX); x < Math.Min(Columns, Columns - deltaX); x++)
            linked[x] += _weights[weight + x] * _rootDegrees[there + x];
    }
}
