using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Work space to filter values of a number of channels by a lattice.</summary>
internal sealed class LatticeFilter
{
    private readonly PermutohedralLattice _lattice;
    private readonly int _channels;
    private float[] _blurred;
    private float[] _other;

    /// <param name="lattice">May serve several filters at once.</param>
    /// <param name="channels">A multiple of <see cref="Lanes"/>.</param>
    public LatticeFilter(PermutohedralLattice lattice, int channels)
    {
        (_lattice, _channels) = (lattice, channels);
        // Row 0 is the vertex that is not there and stays 0.
        _blurred = new float[(lattice.Vertices + 1) * channels];
        _other = new float[_blurred.Length];
    }

    public static int Lanes => Vector256<float>.Count;

    /// <summary>Spreads Norm x values over the vertices and blurs them.</summary>
    /// <param name="values">[points, channels].</param>
    public void Blur(float[] values)
    {
        RowBands.For(_lattice.Vertices, (long)_lattice.Spread.Points.Length / _lattice.Vertices * _channels,
            (first, end) => Spread(values, _blurred, first + 1, end + 1));
        BlurAxes();
    }

    /// <summary>The same for values that Norm makes 1.</summary>
    public void BlurOnes()
    {
        for (int vertex = 1; vertex <= _lattice.Vertices; vertex++)
        {
            float sum = 0;
            for (int entry = _lattice.Spread.Starts[vertex]; entry < _lattice.Spread.Starts[vertex + 1]; entry++)
                sum += _lattice.Spread.Shares[entry];
            _blurred.AsSpan(vertex * _channels, _channels).Fill(sum);
        }
        BlurAxes();
    }

    /// <summary>Adds weight x Norm x what was blurred to the points from <paramref name="first"/>.</summary>
    /// <param name="result">[points, channels].</param>
    /// <param name="first">The first of these points.</param>
    /// <param name="weight">Factor of the result.</param>
    public void AddTo(Span<float> result, int first, float weight)
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(_blurred);
        ref float target = ref MemoryMarshal.GetReference(result);
        int corners = _lattice.Dimensions + 1;
        float scale = weight / (1 + MathF.Pow(2, -_lattice.Dimensions));
        for (int at = 0, point = first; at < result.Length; at += _channels, point++)
        {
            ReadOnlySpan<int> vertices = _lattice.Corners.AsSpan(point * corners, corners);
            ReadOnlySpan<float> shares = _lattice.Shares.AsSpan(point * corners, corners);
            float factor = scale * _lattice.Norm[point];
            for (int channel = 0; channel < _channels; channel += Lanes)
            {
                Vector256<float> value = Vector256<float>.Zero;
                for (int corner = 0; corner < vertices.Length; corner++)
                    value = MultiplyAdd(Vector256.LoadUnsafe(ref source, (nuint)(vertices[corner] * _channels + channel)), shares[corner], value);
                nuint here = (nuint)(at + channel);
                MultiplyAdd(value, factor, Vector256.LoadUnsafe(ref target, here)).StoreUnsafe(ref target, here);
            }
        }
    }

    private void BlurAxes()
    {
        for (int axis = 0; axis <= _lattice.Dimensions; axis++)
        {
            int neighbours = 2 * axis * _lattice.Vertices;
            RowBands.For(_lattice.Vertices, 6L * _channels, (first, end) => BlurAxis(_blurred, _other, neighbours, first, end));
            (_blurred, _other) = (_other, _blurred);
        }
    }

    private void Spread(float[] values, float[] result, int firstVertex, int endVertex)
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(values);
        ref float target = ref MemoryMarshal.GetArrayDataReference(result);
        LatticeSpread spread = _lattice.Spread;
        for (int vertex = firstVertex; vertex < endVertex; vertex++)
        {
            int start = spread.Starts[vertex];
            ReadOnlySpan<int> points = spread.Points.AsSpan(start, spread.Starts[vertex + 1] - start);
            ReadOnlySpan<float> shares = spread.Shares.AsSpan(start, points.Length);
            for (int channel = 0; channel < _channels; channel += Lanes)
            {
                Vector256<float> sum = Vector256<float>.Zero;
                for (int entry = 0; entry < points.Length; entry++)
                    sum = MultiplyAdd(Vector256.LoadUnsafe(ref source, (nuint)(points[entry] * _channels + channel)), shares[entry], sum);
                sum.StoreUnsafe(ref target, (nuint)(vertex * _channels + channel));
            }
        }
    }

    private void BlurAxis(float[] from, float[] to, int neighbours, int first, int end)
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(from);
        ref float target = ref MemoryMarshal.GetArrayDataReference(to);
        ReadOnlySpan<int> beside = _lattice.Neighbours.AsSpan(neighbours, 2 * _lattice.Vertices);
        for (int vertex = first; vertex < end; vertex++)
        {
            int left = beside[2 * vertex] * _channels;
            int right = beside[2 * vertex + 1] * _channels;
            int here = (vertex + 1) * _channels;
            for (int channel = 0; channel < _channels; channel += Lanes)
            {
                Vector256<float> sides = Vector256.LoadUnsafe(ref source, (nuint)(left + channel)) + Vector256.LoadUnsafe(ref source, (nuint)(right + channel));
                MultiplyAdd(sides, 0.5f, Vector256.LoadUnsafe(ref source, (nuint)(here + channel))).StoreUnsafe(ref target, (nuint)(here + channel));
            }
        }
    }

    private static Vector256<float> MultiplyAdd(Vector256<float> left, float right, Vector256<float> addend) =>
#if NET9_0_OR_GREATER
        Vector256.MultiplyAddEstimate(left, Vector256.Create(right), addend);
#else
        left * right + addend;
#endif
}
