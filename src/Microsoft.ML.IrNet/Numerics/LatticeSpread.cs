namespace Microsoft.ML.IrNet.Numerics;

/// <summary>The corners of points seen from the vertices: which points have a share of each. What is spread is gathered, so that vertices can be computed in parallel.</summary>
internal sealed class LatticeSpread
{
    private const int PointsPerBand = 50_000;

    /// <summary>Turns the corners round; the points of a vertex are ascending.</summary>
    public LatticeSpread(LatticeCorners corners, int cornersPerPoint)
    {
        int[] vertices = corners.Vertices;
        int points = vertices.Length / cornersPerPoint;
        Starts = new int[corners.Table.Count + 2];
        Points = new int[vertices.Length];
        Shares = new float[vertices.Length];
        // Each band of points counts its entries of each vertex, learns where they begin, and writes them.
        int bands = Math.Clamp(points / PointsPerBand, 1, Environment.ProcessorCount);
        var next = new int[bands][];
        Parallel.For(0, bands, band =>
        {
            next[band] = new int[Starts.Length];
            foreach (int vertex in vertices.AsSpan(First(band)..First(band + 1)))
                next[band][vertex]++;
        });
        int entries = 0;
        for (int vertex = 0; vertex < Starts.Length; vertex++)
        {
            Starts[vertex] = entries;
            foreach (int[] counts in next)
                (counts[vertex], entries) = (entries, entries + counts[vertex]);
        }
        Parallel.For(0, bands, band =>
        {
            int[] places = next[band];
            for (int corner = First(band), point = corner / cornersPerPoint; corner < First(band + 1); point++)
                for (int end = corner + cornersPerPoint; corner < end; corner++)
                {
                    int entry = places[vertices[corner]]++;
                    (Points[entry], Shares[entry]) = (point, corners.Shares[corner]);
                }
        });

        int First(int band) => (int)((long)points * band / bands) * cornersPerPoint;
    }

    /// <summary>Vertex v has the entries from Starts[v] to Starts[v + 1]; vertex 0, which is not there, has none.</summary>
    public int[] Starts { get; }

    /// <summary>Per entry: the point.</summary>
    public int[] Points { get; }

    /// <summary>Per entry: the vertex's share of the point.</summary>
    public float[] Shares { get; }
}
