using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>Curves over one pair of axes, as SVG.</summary>
/// <param name="Title">Stands above.</param>
/// <param name="Horizontal">What the horizontal axis counts.</param>
/// <param name="Right">Where the horizontal axis ends; it begins at 0.</param>
/// <param name="Top">Where the vertical axis ends; it begins at 0.</param>
/// <param name="ByClass">Whether the curves are those of classes, of which the gallery marks the chosen one.</param>
internal sealed record LineChart(string Title, string Horizontal, double Right, double Top, bool ByClass = false)
{
    private const int Width = 420, Height = 240, Left = 44, Bottom = 34, Margin = 10, Ticks = 5, Legend = 6;

    private readonly List<(string Name, IReadOnlyList<(double X, double Y)> Points)> _curves = [];

    /// <summary>Adds a curve; points that are no numbers are left out.</summary>
    public void Add(string name, IEnumerable<(double X, double Y)> points) =>
        _curves.Add((name, [.. points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))]));

    /// <summary>The chart with its title and, for up to six curves, their names.</summary>
    public string Html()
    {
        var svg = new StringBuilder();
        Append(svg, $"<figure class=\"chart\"><figcaption>{Text(Title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(Title)}\">");
        for (int tick = 0; tick <= Ticks; tick++)
        {
            (double x, double y) = (Right * tick / Ticks, Top * tick / Ticks);
            Append(svg, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Margin}\" y1=\"{Y(y):F1}\" y2=\"{Y(y):F1}\"/><text x=\"{Left - 5}\" y=\"{Y(y) + 4:F1}\" text-anchor=\"end\">{y:G3}</text>");
            Append(svg, $"<text x=\"{X(x):F1}\" y=\"{Height - Bottom + 14}\" text-anchor=\"middle\">{x:G4}</text>");
        }
        Append(svg, $"<text x=\"{Width - Margin}\" y=\"{Height - 5}\" text-anchor=\"end\">{Text(Horizontal)}</text><g class=\"curves\">");
        for (int n = 0; n < _curves.Count; n++)
        {
            string points = string.Join(' ', _curves[n].Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.X):F1},{Y(point.Y):F1}")));
            Append(svg, $"<polyline {(ByClass ? "data-class" : "data-name")}=\"{Text(_curves[n].Name)}\" stroke=\"{Colour(n)}\" points=\"{points}\"><title>{Text(_curves[n].Name)}</title></polyline>");
        }
        svg.Append("</g>");
        for (int n = 0; n < _curves.Count && _curves.Count <= Legend; n++)
            Append(svg, $"<text x=\"{Width - Margin}\" y=\"{Margin + 8 + 13 * n}\" text-anchor=\"end\" style=\"fill:{Colour(n)}\">{Text(_curves[n].Name)}</text>");
        return svg.Append("</svg></figure>\n").ToString();
    }

    private double X(double x) => Left + (Width - Left - Margin) * Math.Clamp(x / Right, 0, 1);

    private double Y(double y) => Height - Bottom - (Height - Bottom - Margin) * Math.Clamp(y / Top, 0, 1);

    private static string Colour(int n)
    {
        (byte red, byte green, byte blue) = DistinctColours.Get(n);
        return $"rgb({red},{green},{blue})";
    }

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);

    private static void Append(StringBuilder builder, FormattableString text) => builder.Append(text.ToString(CultureInfo.InvariantCulture));
}
