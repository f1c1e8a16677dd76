using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Masks;

/// <summary>The polygon fill as COCO describes it, every step of every edge walked: what the faster way must agree with.</summary>
internal static class PolygonWalk
{
    public static byte[] Fill(int height, int width, double[] polygon)
    {
        var changes = new List<int>();
        int points = polygon.Length / 2, previousU = 0, previousV = 0;
        for (int j = 0; j < points; j++)
        {
            (int fromX, int fromY) = Vertex(polygon, j);
            (int toX, int toY) = Vertex(polygon, (j + 1) % points);
            int spanX = Math.Abs(toX - fromX), spanY = Math.Abs(toY - fromY), steps = Math.Max(spanX, spanY);
            bool alongX = spanX >= spanY, flip = alongX ? fromX > toX : fromY > toY;
            (int startX, int startY, int endX, int endY) = flip ? (toX, toY, fromX, fromY) : (fromX, fromY, toX, toY);
            double slope = steps == 0 ? 0 : alongX ? (double)(endY - startY) / spanX : (double)(endX - startX) / spanY;
            for (int d = 0; d <= steps; d++)
            {
                int t = flip ? steps - d : d;
                int u = alongX ? t + startX : (int)(startX + slope * t + 0.5), v = alongX ? (int)(startY + slope * t + 0.5) : t + startY;
                double x = ((u < previousU ? u : u - 1) + 0.5) / 5 - 0.5, y = (Math.Min(v, previousV) + 0.5) / 5 - 0.5;
                if ((j > 0 || d > 0) && u != previousU && Math.Floor(x) == x && x >= 0 && x <= width - 1)
                    changes.Add((int)x * height + (int)Math.Ceiling(Math.Clamp(y, 0, height)));
                (previousU, previousV) = (u, v);
            }
        }
        var columns = new byte[height * width];
        foreach (int change in changes)
            for (int i = change; i < columns.Length; i++)
                columns[i] ^= 1;
        return [.. Enumerable.Range(0, height * width).Select(i => columns[i % width * height + i / width])];
    }

    private static (int X, int Y) Vertex(double[] polygon, int index) => ((int)(5 * polygon[2 * index] + 0.5), (int)(5 * polygon[2 * index + 1] + 0.5));
}
