namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// High-dimensional Gaussian filtering (Adams, Baek, Davis, Eurographics 2010): points are spread over the vertices of the lattice simplex around them,
/// blurred along the lattice's axes, and read back. A point's features are in units of the Gaussian's standard deviation. Filters by <see cref="LatticeFilter"/>.
/// </summary>
internal sealed class PermutohedralLattice
{
    /// <param name="features">[dimensions, stride], the stride <see cref="Stride"/> of the points; what lies beyond the points is 0.</param>
    /// <param name="dimensions">At most 5.</param>
    /// <param name="points">Points.</param>
    public PermutohedralLattice(float[] features, int dimensions, int points)
    {
        (Dimensions, Points) = (dimensions, points);
        var corners = new LatticeCorners(features, dimensions, points);
        (Corners, Shares, Vertices) = (corners.Vertices, corners.Shares, corners.Table.Count);
        Spread = new LatticeSpread(corners, dimensions + 1);
        Neighbours = FindNeighbours(corners.Table);
        Norm = new float[points];
        Array.Fill(Norm, 1);
        Normalise();
    }

    public int Dimensions { get; }

    public int Points { get; }

    /// <summary>Vertices, numbered from 1; 0 is the vertex that is not there.</summary>
    public int Vertices { get; }

    /// <summary>[points, dimensions + 1]: the corners of each point's simplex.</summary>
    public int[] Corners { get; }

    /// <summary>[points, dimensions + 1]: the point's shares of its corners.</summary>
    public float[] Shares { get; }

    /// <summary>The corners seen from the vertices, the shares times <see cref="Norm"/>.</summary>
    public LatticeSpread Spread { get; }

    /// <summary>[axes, vertices, 2]: the two vertices beside each along the axis.</summary>
    public int[] Neighbours { get; }

    /// <summary>1 / sqrt of each point's filtered constant 1.</summary>
    public float[] Norm { get; }

    /// <summary>The room in a plane of features for so many points.</summary>
    public static int Stride(int points) => (points + LatticeSimplices.Lanes - 1) / LatticeSimplices.Lanes * LatticeSimplices.Lanes;

    private int[] FindNeighbours(LatticeVertices table)
    {
        var neighbours = new int[2 * (Dimensions + 1) * Vertices];
        var steps = new LatticeKey[Dimensions + 1];
        for (int axis = 0; axis < steps.Length; axis++)
            steps[axis] = LatticeKey.Of([.. Enumerable.Range(0, Dimensions).Select(i => i == axis ? Dimensions : -1)]);
        RowBands.For(Vertices, 20 * steps.Length, (first, end) =>
        {
            const int AtOnce = 64;
            var (keys, found) = (new LatticeKey[AtOnce], new int[AtOnce]);
            for (int axis = 0; axis < steps.Length; axis++)
            {
                Span<int> beside = neighbours.AsSpan(2 * axis * Vertices, 2 * Vertices);
                for (int vertex = first; vertex < end; vertex += AtOnce)
                {
                    int count = Math.Min(AtOnce, end - vertex);
                    for (int i = 0; i < count; i++)
                        keys[i] = table.Keys[vertex + i] + steps[axis];
                    table.Find(keys.AsSpan(0, count), found);
                    for (int i = 0; i < count; i++)
                    {
                        beside[2 * (vertex + i)] = found[i];
                        // Only one vertex has the other on this side, so no two threads write here.
                        if (found[i] != 0)
                            beside[2 * found[i] - 1] = vertex + i + 1;
                    }
                }
            }
        });
        return neighbours;
    }

    private void Normalise()
    {
        var filter = new LatticeFilter(this, LatticeFilter.Lanes);
        filter.BlurOnes();
        RowBands.For(Points, 10L * LatticeFilter.Lanes, (first, end) =>
        {
            var filtered = new float[LatticeFilter.Lanes];
            for (int point = first; point < end; point++)
            {
                Array.Clear(filtered);
                filter.AddTo(filtered, point, 1);
                Norm[point] = 1 / MathF.Sqrt(filtered[0] + 1e-20f);
            }
        });
        RowBands.For(Spread.Points.Length, 5, (first, end) =>
        {
            for (int entry = first; entry < end; entry++)
                Spread.Shares[entry] *= Norm[Spread.Points[entry]];
        });
    }
}
