namespace Microsoft.ML.IrNet.Numerics;

/// <summary>The simplex of the permutohedral lattice around one point: its corners and the point's barycentric shares of them.</summary>
internal sealed class LatticeSimplex
{
    private readonly int _dimensions;
    private readonly float[] _scales;
    private readonly float[] _elevated;
    private readonly int[] _nearest;
    private readonly int[] _ranks;
    private readonly float[] _shares;
    private readonly int[] _key;

    public LatticeSimplex(int dimensions)
    {
        _dimensions = dimensions;
        _scales = new float[dimensions];
        float deviation = MathF.Sqrt(2f / 3) * (dimensions + 1);
        for (int i = 0; i < dimensions; i++)
            _scales[i] = deviation / MathF.Sqrt((i + 1f) * (i + 2f));
        _elevated = new float[dimensions + 1];
        _nearest = new int[dimensions + 1];
        _ranks = new int[dimensions + 1];
        _shares = new float[dimensions + 2];
        _key = new int[dimensions];
    }

    /// <summary>Finds the simplex around a point.</summary>
    public void Enclose(ReadOnlySpan<float> point)
    {
        int d = _dimensions;
        float sum = 0;
        for (int j = d; j > 0; j--)
        {
            float scaled = point[j - 1] * _scales[j - 1];
            _elevated[j] = sum - j * scaled;
            sum += scaled;
        }
        _elevated[0] = sum;

        // The nearest point of the lattice whose coordinates are multiples of d + 1, and how far each coordinate is from it.
        int excess = 0;
        for (int i = 0; i <= d; i++)
        {
            int rounded = (int)MathF.Round(_elevated[i] / (d + 1));
            _nearest[i] = rounded * (d + 1);
            excess += rounded;
            _ranks[i] = 0;
        }
        for (int i = 0; i < d; i++)
            for (int j = i + 1; j <= d; j++)
                if (_elevated[i] - _nearest[i] < _elevated[j] - _nearest[j])
                    _ranks[i]++;
                else
                    _ranks[j]++;

        // Coordinates must sum to zero: move the ones that rounding moved furthest.
        for (int i = 0; i <= d; i++)
        {
            _ranks[i] += excess;
            int wrap = _ranks[i] < 0 ? d + 1 : _ranks[i] > d ? -(d + 1) : 0;
            _ranks[i] += wrap;
            _nearest[i] += wrap;
        }

        Array.Clear(_shares);
        for (int i = 0; i <= d; i++)
        {
            float share = (_elevated[i] - _nearest[i]) / (d + 1);
            _shares[d - _ranks[i]] += share;
            _shares[d - _ranks[i] + 1] -= share;
        }
        _shares[0] += 1 + _shares[d + 1];
    }

    /// <summary>The point's share of a corner; the shares sum to 1.</summary>
    public float Share(int corner) => _shares[corner];

    /// <summary>The coordinates of a corner, 0 to dimensions.</summary>
    public LatticeKey Key(int corner)
    {
        for (int i = 0; i < _dimensions; i++)
            _key[i] = _nearest[i] + (_ranks[i] <= _dimensions - corner ? corner : corner - _dimensions - 1);
        return LatticeKey.Of(_key);
    }
}
