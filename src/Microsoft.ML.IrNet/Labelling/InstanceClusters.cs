using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>Groups cells into class-agnostic instances: cells whose centroids fall into the same calm region of the displacement field belong together.</summary>
/// <param name="OfCell">Cluster of each cell, 0 to Count - 1. Cells that come to rest in no calm region form a cluster of their own, the first.</param>
/// <param name="Count">Number of clusters.</param>
internal sealed record InstanceClusters(int[] OfCell, int Count)
{
    public static InstanceClusters One(int cells) => new(new int[cells], 1);

    /// <param name="displacement">[2, rows, columns]: down and right.</param>
    /// <param name="rows">Rows of cells.</param>
    /// <param name="columns">Columns of cells.</param>
    /// <param name="centroids">Where each cell ends, of <see cref="Centroids.Find"/>.</param>
    /// <param name="centroidDistance">A cell is calm where the field is shorter.</param>
    public static InstanceClusters Find(float[] displacement, int rows, int columns, int[] centroids, float centroidDistance)
    {
        var regions = new int[rows * columns];
        int regionCount = ConnectedComponents.Label<bool>(CalmCells(displacement, regions.Length, centroidDistance), rows, columns, regions);
        var clusters = new int[regions.Length];
        var met = new bool[regionCount + 1];
        for (int cell = 0; cell < clusters.Length; cell++)
        {
            clusters[cell] = regions[centroids[cell]];
            met[clusters[cell]] = true;
        }
        var numbers = new int[met.Length];
        int count = 0;
        for (int region = 0; region < met.Length; region++)
            if (met[region])
                numbers[region] = count++;
        for (int cell = 0; cell < clusters.Length; cell++)
            clusters[cell] = numbers[clusters[cell]];
        return new InstanceClusters(clusters, count);
    }

    internal static bool[] CalmCells(float[] displacement, int cells, float centroidDistance)
    {
        var calm = new bool[cells];
        for (int cell = 0; cell < cells; cell++)
        {
            float down = displacement[cell], right = displacement[cells + cell];
            calm[cell] = MathF.Sqrt(down * down + right * right) < centroidDistance;
        }
        return calm;
    }
}
