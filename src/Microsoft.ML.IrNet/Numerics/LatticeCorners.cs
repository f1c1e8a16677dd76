namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Which lattice vertices points lie between, and their shares of them.</summary>
internal sealed class LatticeCorners
{
    private readonly int _dimensions;
    private readonly int _points;

    /// <summary>Numbers the corners of all points' simplices.</summary>
    /// <param name="features">[dimensions, stride]; what lies beyond the points is 0.</param>
    /// <param name="dimensions">At most 5.</param>
    /// <param name="points">At most the stride, which is a multiple of <see cref="LatticeSimplices.Lanes"/>.</param>
    public LatticeCorners(float[] features, int dimensions, int points)
    {
        (_dimensions, _points) = (dimensions, points);
        Vertices = new int[points * (dimensions + 1)];
        Shares = new float[Vertices.Length];
        Table = Number(features);
    }

    /// <summary>[points, corners]: numbers from 1.</summary>
    public int[] Vertices { get; }

    /// <summary>[points, corners]; a point's shares sum to 1.</summary>
    public float[] Shares { get; }

    /// <summary>The vertices by their coordinates.</summary>
    public LatticeVertices Table { get; }

    private int Corners => _dimensions + 1;

    /// <summary>Each band numbers its own vertices; then the bands' tables become one, in the order of the bands.</summary>
    private LatticeVertices Number(float[] features)
    {
        int blocks = (_points + LatticeSimplices.Lanes - 1) / LatticeSimplices.Lanes;
        var bands = new SortedList<int, (int EndBlock, LatticeVertices Table)>();
        RowBands.For(blocks, 100L * Corners * LatticeSimplices.Lanes, (first, end) =>
        {
            LatticeVertices table = Number(features, first, end);
            lock (bands)
                bands.Add(first, (end, table));
        });
        LatticeVertices whole = bands.GetValueAtIndex(0).Table;
        foreach (var (first, (end, table)) in bands.Skip(1))
        {
            var numbers = new int[table.Count + 1];
            const int AtOnce = 64;
            for (int vertex = 0; vertex < table.Count; vertex += AtOnce)
            {
                ReadOnlySpan<LatticeKey> keys = table.Keys.Slice(vertex, Math.Min(AtOnce, table.Count - vertex));
                whole.FindOrAdd(keys, numbers.AsSpan(vertex + 1, keys.Length));
            }
            int firstCorner = first * LatticeSimplices.Lanes * Corners;
            int endCorner = Math.Min(end * LatticeSimplices.Lanes, _points) * Corners;
            RowBands.For(endCorner - firstCorner, 2, (from, to) =>
            {
                foreach (ref int vertex in Vertices.AsSpan(firstCorner + from, to - from))
                    vertex = numbers[vertex];
            });
        }
        return whole;
    }

    private LatticeVertices Number(float[] features, int firstBlock, int endBlock)
    {
        int lanes = LatticeSimplices.Lanes;
        int stride = features.Length / _dimensions;
        // The published filter works on blocks of four points; the points that fill the last block stand at the origin and make vertices there.
        int filled = (_points + 3) / 4 * 4;
        var table = new LatticeVertices((endBlock - firstBlock) * lanes / 4);
        var simplices = new LatticeSimplices(_dimensions);
        var vertices = new int[lanes * Corners];
        for (int block = firstBlock; block < endBlock; block++)
        {
            int first = block * lanes;
            simplices.Enclose(features, stride, first);
            table.FindOrAdd(simplices.Keys[..(Math.Min(lanes, filled - first) * Corners)], vertices);
            int used = Math.Min(lanes, _points - first) * Corners;
            vertices.AsSpan(0, used).CopyTo(Vertices.AsSpan(first * Corners));
            simplices.Shares[..used].CopyTo(Shares.AsSpan(first * Corners));
        }
        return table;
    }
}
