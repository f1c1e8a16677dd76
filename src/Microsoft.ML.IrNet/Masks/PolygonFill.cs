namespace Microsoft.ML.IrNet.Masks;

/// <summary>
/// COCO's polygon fill (rleFrPoly): vertices are rounded to fifths of a pixel, edges walked in unit steps along their longer axis, and
/// where the walk changes column at a pixel centre the row, rounded up, is a place where the mask changes value.
/// </summary>
internal static class PolygonFill
{
    private const double Scale = 5;

    // The walk takes time in proportion to the coordinates, so hostile ones are refused; no photograph is this large.
    private const double LargestCoordinate = 1e6;

    public static uint[] Fill(int height, int width, double[] polygon)
    {
        ArgumentNullException.ThrowIfNull(polygon);
        if (polygon.Length < 6 || polygon.Length % 2 != 0)
            throw new DataSetException("polygon", $"{polygon.Length} numbers make no polygon; expected x, y of at least three points.");
        foreach (double coordinate in polygon)
            if (!(Math.Abs(coordinate) <= LargestCoordinate))
                throw new DataSetException("polygon", $"{coordinate} is no pixel coordinate; expected numbers between -{LargestCoordinate} and {LargestCoordinate}.");
        return ToCounts(Crossings(height, width, polygon), (uint)(height * width));
    }

    private static List<uint> Crossings(int height, int width, double[] polygon)
    {
        var crossings = new List<uint>();
        int points = polygon.Length / 2, previousU = 0, previousV = 0;
        for (int j = 0; j < points; j++)
        {
            (int fromX, int fromY) = Vertex(polygon, j);
            (int toX, int toY) = Vertex(polygon, (j + 1) % points);
            int spanX = Math.Abs(toX - fromX), spanY = Math.Abs(toY - fromY), steps = Math.Max(spanX, spanY);
            bool alongX = spanX >= spanY;
            bool flip = alongX ? fromX > toX : fromY > toY;
            // Both directions of an edge are computed from its lower end, so that neighbours share their outline exactly.
            (int startX, int startY, int endX, int endY) = flip ? (toX, toY, fromX, fromY) : (fromX, fromY, toX, toY);
            double slope = steps == 0 ? 0 : alongX ? (double)(endY - startY) / spanX : (double)(endX - startX) / spanY;
            for (int d = 0; d <= steps; d++)
            {
                int t = flip ? steps - d : d;
                int u = alongX ? t + startX : (int)(startX + slope * t + 0.5);
                int v = alongX ? (int)(startY + slope * t + 0.5) : t + startY;
                if ((j > 0 || d > 0) && u != previousU && Crossing(height, width, u, v, previousU, previousV) is { } crossing)
                    crossings.Add(crossing);
                (previousU, previousV) = (u, v);
            }
        }
        return crossings;
    }

    private static (int X, int Y) Vertex(double[] polygon, int index) =>
        ((int)(Scale * polygon[2 * index] + 0.5), (int)(Scale * polygon[2 * index + 1] + 0.5));

    private static uint? Crossing(int height, int width, int u, int v, int previousU, int previousV)
    {
        double x = ((u < previousU ? u : u - 1) + 0.5) / Scale - 0.5;
        if (Math.Floor(x) != x || x < 0 || x > width - 1)
            return null;
        double y = (Math.Min(v, previousV) + 0.5) / Scale - 0.5;
        return (uint)x * (uint)height + (uint)Math.Ceiling(Math.Clamp(y, 0, height));
    }

    private static uint[] ToCounts(List<uint> crossings, uint pixels)
    {
        crossings.Sort();
        crossings.Add(pixels);
        var counts = new List<uint>();
        uint position = 0;
        for (int j = 0; j < crossings.Count; j++)
        {
            uint run = crossings[j] - position;
            position = crossings[j];
            if (run > 0 || counts.Count == 0)
                counts.Add(run);
            else if (++j < crossings.Count)
            {
                // Two changes at one place cancel: the run goes on.
                counts[^1] += crossings[j] - position;
                position = crossings[j];
            }
        }
        return [.. counts];
    }
}
