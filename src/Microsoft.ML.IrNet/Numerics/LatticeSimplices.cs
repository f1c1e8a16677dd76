using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// The simplices of the permutohedral lattice around eight points at a time, one point in each lane of a vector: their corners and each point's
/// barycentric shares of them.
/// </summary>
internal sealed class LatticeSimplices
{
    /// <summary>Points at a time.</summary>
    public static int Lanes => Vector256<float>.Count;

    // Added and taken away again it leaves the nearest whole number, the even one of two as near.
    private const float Rounder = 3 << 22;

    private readonly int _dimensions;
    private readonly float[] _scales;
    private readonly Vector256<float>[] _offsets;
    private readonly Vector256<int>[] _nearest;
    private readonly Vector256<int>[] _ranks;
    private readonly Vector256<float>[] _sorted;
    private readonly float[] _planes;
    private readonly uint[] _firstTwo, _nextTwo, _fifth;
    private readonly LatticeKey[] _keys;
    private readonly float[] _shares;

    public LatticeSimplices(int dimensions)
    {
        _dimensions = dimensions;
        _scales = new float[dimensions];
        float deviation = MathF.Sqrt(2f / 3) * (dimensions + 1);
        for (int i = 0; i < dimensions; i++)
            _scales[i] = deviation / MathF.Sqrt((i + 1f) * (i + 2f));
        int corners = dimensions + 1;
        (_offsets, _sorted) = (new Vector256<float>[corners], new Vector256<float>[corners]);
        (_nearest, _ranks) = (new Vector256<int>[corners], new Vector256<int>[corners]);
        _planes = new float[corners * Lanes];
        (_firstTwo, _nextTwo, _fifth) = (new uint[Lanes], new uint[Lanes], new uint[Lanes]);
        (_keys, _shares) = (new LatticeKey[corners * Lanes], new float[corners * Lanes]);
    }

    /// <summary>[lanes, corners]: the corners of each point's simplex.</summary>
    public ReadOnlySpan<LatticeKey> Keys => _keys;

    /// <summary>[lanes, corners]: the point's shares of them; those of a point sum to 1.</summary>
    public ReadOnlySpan<float> Shares => _shares;

    /// <summary>Finds the simplices around the points from <paramref name="first"/>.</summary>
    /// <param name="features">One plane a dimension, each <paramref name="stride"/> long.</param>
    /// <param name="stride">From plane to plane.</param>
    /// <param name="first">The first of the eight.</param>
    public void Enclose(ReadOnlySpan<float> features, int stride, int first)
    {
        Rank(excess: Elevate(features, stride, first));
        Share();
        for (int corner = 0; corner <= _dimensions; corner++)
            PackKeys(corner);
    }

    /// <summary>Finds the nearest points of the lattice whose coordinates are multiples of d + 1, and how far each coordinate is from them.</summary>
    /// <returns>What the found coordinates sum to, in d + 1.</returns>
    private Vector256<int> Elevate(ReadOnlySpan<float> features, int stride, int first)
    {
        ref float source = ref MemoryMarshal.GetReference(features);
        Vector256<float> sum = Vector256<float>.Zero;
        for (int j = _dimensions; j > 0; j--)
        {
            Vector256<float> scaled = Vector256.LoadUnsafe(ref source, (nuint)((j - 1) * stride + first)) * _scales[j - 1];
            _offsets[j] = sum - scaled * j;
            sum += scaled;
        }
        _offsets[0] = sum;
        var sides = Vector256.Create((float)(_dimensions + 1));
        Vector256<int> excess = Vector256<int>.Zero;
        for (int i = 0; i <= _dimensions; i++)
        {
            Vector256<int> rounded = Vector256.ConvertToInt32((_offsets[i] / sides + Vector256.Create(Rounder)) - Vector256.Create(Rounder));
            _nearest[i] = rounded * (_dimensions + 1);
            _offsets[i] -= Vector256.ConvertToSingle(_nearest[i]);
            excess += rounded;
        }
        return excess;
    }

    /// <summary>Ranks coordinates by how far rounding moved them, and moves the ones furthest off so that all sum to zero.</summary>
    private void Rank(Vector256<int> excess)
    {
        for (int i = 0; i <= _dimensions; i++)
            _ranks[i] = Vector256.Create(i);
        var sides = Vector256.Create(_dimensions + 1);
        for (int i = 0; i < _dimensions; i++)
            for (int j = i + 1; j <= _dimensions; j++)
            {
                Vector256<int> less = Vector256.LessThan(_offsets[i], _offsets[j]).AsInt32();
                _ranks[i] -= less;
                _ranks[j] += less;
            }
        for (int i = 0; i <= _dimensions; i++)
        {
            Vector256<int> rank = _ranks[i] + excess;
            Vector256<int> wrap = (Vector256.LessThan(rank, Vector256<int>.Zero) & sides) - (Vector256.GreaterThanOrEqual(rank, sides) & sides);
            _ranks[i] = rank + wrap;
            _nearest[i] += wrap;
            _offsets[i] -= Vector256.ConvertToSingle(wrap);
        }
    }

    private void Share()
    {
        var sides = Vector256.Create((float)(_dimensions + 1));
        Array.Clear(_sorted);
        for (int i = 0; i <= _dimensions; i++)
        {
            Vector256<float> share = _offsets[i] / sides;
            for (int rank = 0; rank <= _dimensions; rank++)
                _sorted[rank] |= share & Vector256.Equals(_ranks[i], Vector256.Create(rank)).AsSingle();
        }
        ref float shares = ref MemoryMarshal.GetArrayDataReference(_planes);
        (_sorted[_dimensions] + (Vector256<float>.One - _sorted[0])).StoreUnsafe(ref shares);
        for (int corner = 1; corner <= _dimensions; corner++)
            (_sorted[_dimensions - corner] - _sorted[_dimensions - corner + 1]).StoreUnsafe(ref shares, (nuint)(corner * Lanes));
        for (int corner = 0; corner <= _dimensions; corner++)
            for (int lane = 0; lane < Lanes; lane++)
                _shares[lane * (_dimensions + 1) + corner] = _planes[corner * Lanes + lane];
    }

    private void PackKeys(int corner)
    {
        Pair(0, corner).CopyTo(_firstTwo);
        Pair(2, corner).CopyTo(_nextTwo);
        Pair(4, corner).CopyTo(_fifth);
        for (int lane = 0; lane < Lanes; lane++)
            _keys[lane * (_dimensions + 1) + corner] = new LatticeKey((ulong)_nextTwo[lane] << 32 | _firstTwo[lane], (ushort)_fifth[lane]);
    }

    private Vector256<uint> Pair(int coordinate, int corner) =>
        Coordinate(coordinate, corner) | Vector256.ShiftLeft(Coordinate(coordinate + 1, corner), 16);

    /// <summary>The lower 16 bits of a coordinate; 0 for those that are not in the key.</summary>
    private Vector256<uint> Coordinate(int i, int corner)
    {
        if (i >= _dimensions)
            return Vector256<uint>.Zero;
        Vector256<int> near = Vector256.LessThanOrEqual(_ranks[i], Vector256.Create(_dimensions - corner));
        Vector256<int> step = Vector256.ConditionalSelect(near, Vector256.Create(corner), Vector256.Create(corner - _dimensions - 1));
        return (_nearest[i] + step).AsUInt32() & Vector256.Create(0xFFFFu);
    }
}
