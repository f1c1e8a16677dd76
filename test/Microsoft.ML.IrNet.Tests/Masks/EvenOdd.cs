namespace Microsoft.ML.IrNet.Tests.Masks;

/// <summary>Fills a polygon by the textbook: a pixel is inside where a line from its centre crosses the outline an odd number of times.</summary>
internal static class EvenOdd
{
    public static bool[] Fill(IReadOnlyList<(double X, double Y)> polygon, int height, int width) =>
        [.. Enumerable.Range(0, height * width).Select(i => IsInside(polygon, i % width + 0.5, i / width + 0.5))];

    private static bool IsInside(IReadOnlyList<(double X, double Y)> polygon, double x, double y)
    {
        bool inside = false;
        for (int i = 0; i < polygon.Count; i++)
        {
            // From the upper corner down, so that an edge walked both ways is the same edge.
            ((double X, double Y) a, (double X, double Y) b) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            if (a.Y > b.Y)
                (a, b) = (b, a);
            if (a.Y <= y && y < b.Y && x < a.X + (b.X - a.X) * (y - a.Y) / (b.Y - a.Y))
                inside = !inside;
        }
        return inside;
    }
}
