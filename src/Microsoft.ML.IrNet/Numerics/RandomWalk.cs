namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// Spreads score maps over an image where no class boundary stands in the way (Ahn, Cho, Kwak, CVPR 2019, section 5.2).
/// Two cells nearer than the radius have the affinity a = 1 - (largest boundary value on the path between them); with S = a^beta, a unit diagonal, and
/// T = S / column sums, the result is x (1 - boundary) T^(2^Exponent). T is never formed: it is a stencil of 34 symmetric weights a cell, and its power a
/// Chebyshev series, so time and memory grow with the number of cells. The result of a map lies between 0 and the map's maximum.
/// </summary>
public sealed class RandomWalk
{
    // As near to exact arithmetic as float32 sums come.
    private const double SeriesTolerance = 4e-6;
    // Maps that walk together: enough to share each row of weights in the cache, few enough to keep memory flat. Three share them in registers.
    private const int MapsAtOnce = 12;

    private readonly WalkStencil _stencil;
    private readonly float[] _retained;
    private readonly double[] _series;

    /// <summary>Prepares the walk over one image.</summary>
    /// <param name="boundary">The class boundary map, [rows, columns], 0 to 1.</param>
    /// <param name="rows">Rows of the grid.</param>
    /// <param name="columns">Columns of the grid.</param>
    /// <param name="options">Radius, affinity power and number of steps.</param>
    /// <exception cref="ArgumentException">The boundary has another size, or values that are NaN or outside 0 to 1.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public RandomWalk(ReadOnlySpan<float> boundary, int rows, int columns, RandomWalkOptions options)
    {
        Require(boundary, rows, columns, options);
        float[] copy = boundary.ToArray();
        _stencil = new WalkStencil(copy, rows, columns, options);
        _series = Series(options);
        for (int i = 0; i < copy.Length; i++)
            copy[i] = 1 - copy[i];
        _retained = copy;
    }

    /// <summary>Walks every map; maps without a positive value are left out and stay zero.</summary>
    /// <param name="maps">[count, rows, columns], at least 0.</param>
    /// <param name="count">Number of maps; may be 0.</param>
    /// <returns>[count, rows, columns].</returns>
    /// <exception cref="ArgumentException">The maps have another size, or values that are NaN, infinite or negative.</exception>
    public float[] Propagate(ReadOnlySpan<float> maps, int count)
    {
        int cells = _retained.Length;
        RequireMaps(maps, count, cells);
        var result = new float[maps.Length];
        var walking = new List<int>();
        for (int map = 0; map < count; map++)
        {
            Span<float> retained = result.AsSpan(map * cells, cells);
            for (int i = 0; i < cells; i++)
                retained[i] = maps[map * cells + i] * _retained[i];
            if (retained.ContainsAnyExcept(0f))
                walking.Add(map);
        }
        var buffers = new float[3][];
        for (int i = 0; i < buffers.Length; i++)
            buffers[i] = new float[Math.Min(walking.Count, MapsAtOnce) * _stencil.StateLength];
        foreach (int[] chunk in walking.Chunk(MapsAtOnce))
            Walk(result, chunk, buffers);
        return result;
    }

    /// <summary>What is asked of a walk's boundary and options, on whatever device it runs.</summary>
    internal static void Require(ReadOnlySpan<float> boundary, int rows, int columns, RandomWalkOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ValueRange.RequireLength(boundary.Length, (long)rows * columns, nameof(boundary), "rows x columns");
        ValueRange.Require(boundary, 0, 1, nameof(boundary));
    }

    /// <summary>What is asked of the maps.</summary>
    internal static void RequireMaps(ReadOnlySpan<float> maps, int count, long cells)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ValueRange.RequireLength(maps.Length, count * cells, nameof(maps), "count x rows x columns");
        ValueRange.Require(maps, 0, float.MaxValue, nameof(maps));
    }

    /// <summary>The coefficients of the steps' power as a Chebyshev series.</summary>
    internal static double[] Series(RandomWalkOptions options) => ChebyshevPower.Coefficients(1 << options.Exponent, SeriesTolerance);

    private void Walk(float[] maps, int[] chunk, float[][] buffers)
    {
        var (current, previous, sum) = (buffers[0], buffers[1], buffers[2]);
        Array.Clear(previous);
        Enter(maps, chunk, current, sum);
        var steps = new WalkStep[_series.Length - 1];
        for (int k = 0; k < steps.Length; k++)
        {
            steps[k] = new WalkStep(current, previous, sum, k == 0 ? 1 : 2, (float)_series[k + 1]);
            (current, previous) = (previous, current);
        }
        WalkSweep.Run(_stencil, steps, chunk.Length);
        Leave(maps, chunk, sum);
    }

    /// <summary>Copies maps into their padded, symmetric form and begins the sum with T_0.</summary>
    private void Enter(float[] maps, int[] chunk, float[] state, float[] sum)
    {
        float first = (float)_series[0];
        RowBands.For(_stencil.Rows, 4L * _stencil.Columns * chunk.Length, (firstRow, endRow) =>
        {
            for (int y = firstRow; y < endRow; y++)
                for (int m = 0; m < chunk.Length; m++)
                {
                    int to = m * _stencil.StateLength + _stencil.StateIndex(y);
                    for (int x = 0; x < _stencil.Columns; x++)
                    {
                        int cell = y * _stencil.Columns + x;
                        float value = (float)(maps[chunk[m] * _retained.Length + cell] * _stencil.RootDegree(cell));
                        state[to + x] = value;
                        sum[to + x] = first * value;
                    }
                }
        });
    }

    private void Leave(float[] maps, int[] chunk, float[] sum)
    {
        for (int m = 0; m < chunk.Length; m++)
        {
            var map = new Memory<float>(maps, chunk[m] * _retained.Length, _retained.Length);
            // A walked score is a weighted mean of the scores it came from: outside their range lies only rounding.
            float largest = 0;
            foreach (float value in map.Span)
                largest = Math.Max(largest, value);
            int from = m * _stencil.StateLength;
            RowBands.For(_stencil.Rows, 4L * _stencil.Columns, (firstRow, endRow) =>
            {
                for (int y = firstRow; y < endRow; y++)
                    for (int x = 0; x < _stencil.Columns; x++)
                    {
                        int cell = y * _stencil.Columns + x;
                        double value = sum[from + _stencil.StateIndex(y) + x] / _stencil.RootDegree(cell);
                        map.Span[cell] = (float)Math.Clamp(value, 0, largest);
                    }
            });
        }
    }
}
