using System.Globalization;
using System.Text;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>Draws seconds and memory against size as an SVG picture: two panels, both axes from 0, so that what is linear is a straight line.</summary>
internal static class GrowthPlot
{
    private const int PanelWidth = 380, PanelHeight = 260, Left = 70, Top = 36, Gap = 80, Bottom = 50;
    private const int Ticks = 4;

    /// <param name="points">By size.</param>
    /// <param name="axis">What the size is of.</param>
    public static string Draw(IReadOnlyList<GrowthPoint> points, string axis)
    {
        var svg = new StringBuilder();
        int width = 2 * PanelWidth + Left + Gap + 30, height = Top + PanelHeight + Bottom;
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">""");
        svg.AppendLine("""<rect width="100%" height="100%" fill="white"/>""");
        Panel(svg, Left, "seconds", axis, [.. points.Select(point => (point.Size, point.Seconds))]);
        Panel(svg, Left + PanelWidth + Gap, "most memory, GB", axis, [.. points.Select(point => (point.Size, point.PeakMB / 1000))]);
        return svg.AppendLine("</svg>").ToString();
    }

    private static void Panel(StringBuilder svg, int left, string title, string axis, (double X, double Y)[] points)
    {
        (double right, double top) = (RoundUp(points.Max(point => point.X)), RoundUp(points.Max(point => point.Y)));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{left}" y="{Top - 14}" font-weight="bold">{title}</text>""");
        for (int tick = 0; tick <= Ticks; tick++)
        {
            (double x, double y) = (right * tick / Ticks, top * tick / Ticks);
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<path d="M{left} {Y(y):F1}h{PanelWidth}" stroke="#ddd"/><text x="{left - 6}" y="{Y(y) + 4:F1}" text-anchor="end">{y:G3}</text>""");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{X(x):F1}" y="{Top + PanelHeight + 18}" text-anchor="middle">{x:G3}</text>""");
        }
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{left + PanelWidth / 2}" y="{Top + PanelHeight + 38}" text-anchor="middle">{axis}</text>""");
        string line = string.Join(' ', points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")));
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<polyline points="{line}" fill="none" stroke="#1f6feb" stroke-width="2"/>""");
        foreach ((double x, double y) in points)
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<circle cx="{X(x):F1}" cy="{Y(y):F1}" r="4" fill="#1f6feb"/>""");

        double X(double value) => left + value / right * PanelWidth;

        double Y(double value) => Top + PanelHeight - value / top * PanelHeight;
    }

    /// <summary>The next of 1, 1.5, 2, 3, 4, 6, 8, 10 times a power of ten.</summary>
    private static double RoundUp(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return new[] { 1, 1.5, 2, 3, 4, 6, 8, 10 }.First(factor => factor * power >= value) * power;
    }
}
