namespace Microsoft.ML.IrNet.Masks;

/// <summary>
/// COCO's polygon fill (rleFrPoly): vertices are rounded to fifths of a pixel, edges walked in unit steps along their longer axis, and
/// where the walk changes column at a pixel centre the row, rounded up, is a place where the mask changes value.
/// </summary>
internal static class PolygonFill
{
    private const double Scale = 5;

    // A pixel's centre lies between this fifth of it and the next.
    private const int Centre = 2;

    // Keeps fifths within 32 bits; no photograph is this large.
    private const double LargestCoordinate = 1e6;

    private const int MostCrossings = 1 << 22;

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
        int points = polygon.Length / 2;
        for (int j = 0; j < points; j++)
            AddCrossings(crossings, height, width, Vertex(polygon, j), Vertex(polygon, (j + 1) % points));
        return crossings;
    }

    // Only the steps that matter are looked at, one for each column of the mask, however far the edge reaches.
    private static void AddCrossings(List<uint> crossings, int height, int width, (int X, int Y) from, (int X, int Y) to)
    {
        int spanX = Math.Abs(to.X - from.X), spanY = Math.Abs(to.Y - from.Y), steps = Math.Max(spanX, spanY);
        bool alongX = spanX >= spanY;
        // Both directions of an edge are computed from its lower end, so that neighbours share their outline exactly.
        ((int X, int Y) start, (int X, int Y) end) = (alongX ? from.X > to.X : from.Y > to.Y) ? (to, from) : (from, to);
        double slope = steps == 0 ? 0 : alongX ? (double)(end.Y - start.Y) / spanX : (double)(end.X - start.X) / spanY;
        int first = Math.Max(0, CeilingOfFifth(Math.Min(start.X, end.X) - Centre)), last = Math.Min(width - 1, CeilingOfFifth(Math.Max(start.X, end.X) - Centre) - 1);
        if (crossings.Count > MostCrossings - Math.Max(0, last - first + 1))
            throw new DataSetException("polygon", $"its outline crosses columns of pixels more than {MostCrossings} times; draw it with fewer points.");
        for (int column = first; column <= last; column++)
        {
            int t = StepInto(column);
            if (t < 1 || t > steps)
                continue;
            double y = (Math.Min(V(t), V(t - 1)) + 0.5) / Scale - 0.5;
            crossings.Add((uint)column * (uint)height + (uint)Math.Ceiling(Math.Clamp(y, 0, height)));
        }

        // The step between the fifths before and behind the column's centre.
        int StepInto(int column)
        {
            int before = (int)Scale * column + Centre;
            if (alongX)
                return before + 1 - start.X;
            bool rises = slope > 0;
            int t = (int)Math.Clamp((before + 0.5 - start.X) / slope, 0, steps);
            while (t > 0 && Behind(t - 1))
                t--;
            while (t <= steps && !Behind(t))
                t++;
            return t;

            bool Behind(int step) => rises ? U(step) > before : U(step) <= before;
        }

        int U(int t) => (int)(start.X + slope * t + 0.5);

        int V(int t) => alongX ? (int)(start.Y + slope * t + 0.5) : t + start.Y;
    }

    private static int CeilingOfFifth(int fifths) => (int)Math.Ceiling(fifths / Scale);

    private static (int X, int Y) Vertex(double[] polygon, int index) =>
        ((int)(Scale * polygon[2 * index] + 0.5), (int)(Scale * polygon[2 * index + 1] + 0.5));

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
