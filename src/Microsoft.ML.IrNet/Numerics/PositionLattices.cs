namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Lattices over pixel positions, which photographs of one size share. The last few used are kept.</summary>
internal static class PositionLattices
{
    // About 55 bytes a point: 55 MB.
    private const int MostPoints = 1 << 20;

    private static readonly LinkedList<(int Height, int Width, float Deviation, PermutohedralLattice Lattice)> _kept = [];

    /// <summary>The lattice of an image's pixel positions in units of the deviation. Safe from several threads.</summary>
    public static PermutohedralLattice Of(int height, int width, float deviation)
    {
        lock (_kept)
            for (var node = _kept.First; node is not null; node = node.Next)
                if (node.Value.Height == height && node.Value.Width == width && node.Value.Deviation == deviation)
                {
                    _kept.Remove(node);
                    _kept.AddFirst(node);
                    return node.Value.Lattice;
                }
        var lattice = new PermutohedralLattice(PixelFeatures.Position(height, width, deviation), 2, height * width);
        lock (_kept)
        {
            _kept.AddFirst((height, width, deviation, lattice));
            while (_kept.Sum(kept => (long)kept.Lattice.Points) > MostPoints)
                _kept.RemoveLast();
        }
        return lattice;
    }
}
