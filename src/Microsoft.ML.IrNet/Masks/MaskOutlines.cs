namespace Microsoft.ML.IrNet.Masks;

/// <summary>
/// Outlines of masks along the edges of their pixels: a corner of a pixel has whole coordinates, 0, 0 is the corner of the photograph, and a polygon filled by COCO's rule, or any that
/// decides by the centres of pixels, gives back the mask.
/// </summary>
internal static class MaskOutlines
{
    private const int East = 0, South = 1, West = 2, North = 3, Directions = 4;

    // Marks an edge to the east that has been walked, beside the bits of the four directions.
    private const byte Walked = 1 << Directions;

    /// <summary>
    /// Walks around every 4-connected part, clockwise as seen, and around every hole, the other way round. Each outline has its corners only. Outlines come in the order of their first rows.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<(int X, int Y)>> Trace(MaskCrop crop)
    {
        byte[] edges = Edges(crop);
        var outlines = new List<IReadOnlyList<(int X, int Y)>>();
        for (int corner = 0; corner < edges.Length; corner++)
            if ((edges[corner] & (1 << East | Walked)) == 1 << East)
                outlines.Add(Walk(edges, corner, crop));
        return outlines;
    }

    /// <summary>
    /// One polygon of all outlines. Each is reached from the nearest corner of those before it, and left on the same way: lines of no width, which the even-odd rule and the non-zero rule
    /// both ignore.
    /// </summary>
    public static IReadOnlyList<(int X, int Y)> Join(IReadOnlyList<IReadOnlyList<(int X, int Y)>> outlines)
    {
        var joined = new List<(int X, int Y)>(outlines[0]);
        foreach (IReadOnlyList<(int X, int Y)> outline in outlines.Skip(1))
        {
            int nearest = Nearest(joined, outline[0]);
            joined.InsertRange(nearest + 1, [.. outline, outline[0], joined[nearest]]);
        }
        return joined;
    }

    /// <summary>For every corner, which edges between mask and background leave it, with the mask to their right.</summary>
    private static byte[] Edges(MaskCrop crop)
    {
        int corners = crop.Width + 1;
        var edges = new byte[corners * (crop.Height + 1)];
        for (int y = 0; y < crop.Height; y++)
            for (int x = 0; x < crop.Width; x++)
            {
                int corner = y * corners + x;
                if (!IsInside(x, y))
                    continue;
                if (!IsInside(x, y - 1))
                    edges[corner] |= 1 << East;
                if (!IsInside(x + 1, y))
                    edges[corner + 1] |= 1 << South;
                if (!IsInside(x, y + 1))
                    edges[corner + corners + 1] |= 1 << West;
                if (!IsInside(x - 1, y))
                    edges[corner + corners] |= 1 << North;
            }
        return edges;

        bool IsInside(int x, int y) => x >= 0 && y >= 0 && x < crop.Width && y < crop.Height && crop.Pixels[y * crop.Width + x] != 0;
    }

    private static List<(int X, int Y)> Walk(byte[] edges, int start, MaskCrop crop)
    {
        int corners = crop.Width + 1;
        ReadOnlySpan<int> steps = [1, corners, -1, -corners];
        var outline = new List<(int X, int Y)>();
        int corner = start, direction = East;
        do
        {
            if (direction == East)
                edges[corner] |= Walked;
            corner += steps[direction];
            int next = Turn(edges[corner], direction);
            if (next != direction)
                outline.Add((crop.Left + corner % corners, crop.Top + corner / corners));
            direction = next;
        }
        while (corner != start || direction != East);
        return outline;
    }

    // Right before left: where two pixels touch at a corner only, each outline stays with its own.
    private static int Turn(byte edges, int direction)
    {
        int right = (direction + 1) % Directions;
        return (edges & 1 << right) != 0 ? right : (edges & 1 << direction) != 0 ? direction : (direction + Directions - 1) % Directions;
    }

    private static int Nearest(List<(int X, int Y)> corners, (int X, int Y) to)
    {
        (int nearest, long least) = (0, long.MaxValue);
        for (int i = 0; i < corners.Count; i++)
        {
            (long x, long y) = (corners[i].X - to.X, corners[i].Y - to.Y);
            if (x * x + y * y < least)
                (nearest, least) = (i, x * x + y * y);
        }
        return nearest;
    }
}
