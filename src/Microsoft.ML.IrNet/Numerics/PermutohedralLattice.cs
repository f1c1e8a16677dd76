using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// High-dimensional Gaussian filtering (Adams, Baek, Davis, Eurographics 2010): points are spread over the vertices of the lattice simplex around them,
/// blurred along the lattice's axes, and read back. A point's features are in units of the Gaussian's standard deviation.
/// </summary>
internal sealed class PermutohedralLattice
{
    private readonly int _dimensions;
    private readonly int _points;
    private readonly int _vertices;
    // Per point and corner of its simplex: the vertex (from 1; 0 is the vertex that is not there) and its share of the point.
    private readonly int[] _corners;
    private readonly float[] _shares;
    // Per axis and vertex: the two vertices beside it.
    private readonly int[] _neighbours;

    /// <param name="features">[points, dimensions].</param>
    /// <param name="dimensions">At most 5.</param>
    public PermutohedralLattice(float[] features, int dimensions)
    {
        _dimensions = dimensions;
        _points = features.Length / dimensions;
        _corners = new int[_points * Corners];
        _shares = new float[_points * Corners];
        var vertices = new LatticeVertices(_points / 4);
        var simplex = new LatticeSimplex(dimensions);
        for (int point = 0; point < _points; point++)
        {
            simplex.Enclose(features.AsSpan(point * dimensions, dimensions));
            for (int corner = 0; corner < Corners; corner++)
            {
                _corners[point * Corners + corner] = vertices.FindOrAdd(simplex.Key(corner));
                _shares[point * Corners + corner] = simplex.Share(corner);
            }
        }
        // The published filter works on blocks of four points; the points that fill the last block stand at the origin and make vertices there.
        if (_points % 4 != 0)
        {
            simplex.Enclose(stackalloc float[dimensions]);
            for (int corner = 0; corner < Corners; corner++)
                vertices.FindOrAdd(simplex.Key(corner));
        }
        _vertices = vertices.Count;
        _neighbours = FindNeighbours(vertices);
        Norm = ComputeNorm();
    }

    /// <summary>1 / sqrt of each point's filtered constant 1.</summary>
    public float[] Norm { get; }

    /// <summary>The floats that each of the two work buffers of <see cref="Filter"/> needs.</summary>
    public int BufferLength(int channels) => (_vertices + 1) * channels;

    private int Corners => _dimensions + 1;

    /// <summary>Adds weight x Norm x filtered(Norm x values) to <paramref name="result"/>.</summary>
    /// <param name="values">[points, channels].</param>
    /// <param name="channels">A multiple of 4.</param>
    /// <param name="weight">Factor of the result.</param>
    /// <param name="result">[points, channels].</param>
    /// <param name="buffer">Work space, see <see cref="BufferLength"/>.</param>
    /// <param name="otherBuffer">Work space.</param>
    public void Filter(float[] values, int channels, float weight, float[] result, float[] buffer, float[] otherBuffer) =>
        Apply(values, channels, weight, Norm, result, buffer, otherBuffer);

    private void Apply(float[] values, int channels, float weight, float[]? norm, float[] result, float[] buffer, float[] otherBuffer)
    {
        Splat(values, channels, norm, buffer);
        Array.Clear(otherBuffer, 0, channels);
        var (from, to) = (buffer, otherBuffer);
        for (int axis = 0; axis <= _dimensions; axis++)
        {
            var (source, target, neighbours) = (from, to, 2 * axis * _vertices);
            RowBands.For(_vertices, 6L * channels, (first, end) => Blur(source, target, neighbours, channels, first, end));
            (from, to) = (to, from);
        }
        float scale = weight / (1 + MathF.Pow(2, -_dimensions));
        RowBands.For(_points, (long)Corners * channels, (first, end) => Slice(from, channels, scale, norm, result, first, end));
    }

    private void Splat(float[] values, int channels, float[]? norm, float[] buffer)
    {
        Array.Clear(buffer);
        ref float source = ref MemoryMarshal.GetArrayDataReference(values);
        ref float target = ref MemoryMarshal.GetArrayDataReference(buffer);
        for (int point = 0; point < _points; point++)
            for (int channel = 0; channel < channels; channel += Vector128<float>.Count)
            {
                Vector128<float> value = Vector128.LoadUnsafe(ref source, (nuint)(point * channels + channel)) * (norm?[point] ?? 1);
                for (int corner = point * Corners; corner < (point + 1) * Corners; corner++)
                {
                    nuint vertex = (nuint)(_corners[corner] * channels + channel);
                    (Vector128.LoadUnsafe(ref target, vertex) + value * _shares[corner]).StoreUnsafe(ref target, vertex);
                }
            }
    }

    private void Blur(float[] from, float[] to, int neighbours, int channels, int first, int end)
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(from);
        ref float target = ref MemoryMarshal.GetArrayDataReference(to);
        for (int vertex = first; vertex < end; vertex++)
        {
            int left = _neighbours[neighbours + 2 * vertex] * channels;
            int right = _neighbours[neighbours + 2 * vertex + 1] * channels;
            int here = (vertex + 1) * channels;
            for (int channel = 0; channel < channels; channel += Vector128<float>.Count)
            {
                Vector128<float> beside = Vector128.LoadUnsafe(ref source, (nuint)(left + channel)) + Vector128.LoadUnsafe(ref source, (nuint)(right + channel));
                (Vector128.LoadUnsafe(ref source, (nuint)(here + channel)) + 0.5f * beside).StoreUnsafe(ref target, (nuint)(here + channel));
            }
        }
    }

    private void Slice(float[] buffer, int channels, float scale, float[]? norm, float[] result, int first, int end)
    {
        ref float source = ref MemoryMarshal.GetArrayDataReference(buffer);
        ref float target = ref MemoryMarshal.GetArrayDataReference(result);
        for (int point = first; point < end; point++)
            for (int channel = 0; channel < channels; channel += Vector128<float>.Count)
            {
                Vector128<float> value = Vector128<float>.Zero;
                for (int corner = point * Corners; corner < (point + 1) * Corners; corner++)
                    value += Vector128.LoadUnsafe(ref source, (nuint)(_corners[corner] * channels + channel)) * _shares[corner];
                nuint at = (nuint)(point * channels + channel);
                (Vector128.LoadUnsafe(ref target, at) + value * (scale * (norm?[point] ?? 1))).StoreUnsafe(ref target, at);
            }
    }

    private int[] FindNeighbours(LatticeVertices vertices)
    {
        var neighbours = new int[2 * Corners * _vertices];
        RowBands.For(_vertices, 20 * Corners, (first, end) =>
        {
            Span<int> left = stackalloc int[_dimensions];
            Span<int> right = stackalloc int[_dimensions];
            for (int vertex = first; vertex < end; vertex++)
                for (int axis = 0; axis <= _dimensions; axis++)
                {
                    LatticeKey key = vertices[vertex + 1];
                    for (int i = 0; i < _dimensions; i++)
                    {
                        int step = i == axis ? _dimensions : -1;
                        left[i] = key.Coordinate(i) + step;
                        right[i] = key.Coordinate(i) - step;
                    }
                    int at = 2 * (axis * _vertices + vertex);
                    neighbours[at] = vertices.Find(LatticeKey.Of(left));
                    neighbours[at + 1] = vertices.Find(LatticeKey.Of(right));
                }
        });
        return neighbours;
    }

    private float[] ComputeNorm()
    {
        int channels = Vector128<float>.Count;
        var ones = new float[_points * channels];
        Array.Fill(ones, 1);
        var filtered = new float[ones.Length];
        Apply(ones, channels, 1, null, filtered, new float[BufferLength(channels)], new float[BufferLength(channels)]);
        var norm = new float[_points];
        for (int point = 0; point < _points; point++)
            norm[point] = 1 / MathF.Sqrt(filtered[point * channels] + 1e-20f);
        return norm;
    }
}
