namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Lattices over pixel positions, which photographs of one size share. The last few used are kept.</summary>
internal static class PositionLattices
{
    // About 55 bytes a point: 55 MB.
    private const int MostPoints = 1 << 20;

    private static readonly LinkedList<(int Height, int Width, float Deviation, PermutohedralLattice Lattice)> s_kept = [];

    /// <summary>The lattice of an image's pixel positions in units of the deviation. Safe from several threads.</summary>
    public static PermutohedralLattice Of(int height, int width, float deviation)
    {
        lock (s_kept)
            for (var node = s_kept.First; node is not null; node = node.Next)
                if (node.Value.Height == height && node.Value.Width == width && node.Value.Deviation == deviation)
                {
                    s_kept.Remove(node);
                    s_kept.AddFirst(node);
                    return node.Value.Lattice;
                }
        var lattice = new PermutohedralLattice(PixelFeatures.Position(height, width, deviation), 2, height * width);
        lock (s_kept)
        {
            s_kept.AddFirst((height, width, deviation, lattice));
            while (s_kept.Sum(kept => (long)kept.Lattice.Points) > MostPoints)
                s_kept.RemoveLast();
        }
        return lattice;
    }
}
