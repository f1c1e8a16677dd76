using System.Globalization;
using System.Net;
using System.Text;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>Puts a report together from its template.</summary>
internal static class ReportPage
{
    /// <param name="stream">Where the page goes.</param>
    /// <param name="title">The heading, plain text.</param>
    /// <param name="overview">HTML.</param>
    /// <param name="index">What the gallery searches.</param>
    /// <param name="pictures">JSON of each photograph.</param>
    public static void Write(Stream stream, string title, string overview, ReportIndex index, IEnumerable<string> pictures)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        // Text between {{ and }} names a part; all else stands as it is.
        foreach (string piece in Resource("report.html").Split("{{"))
        {
            int end = piece.IndexOf("}}", StringComparison.Ordinal);
            if (end < 0)
            {
                writer.Write(piece);
                continue;
            }
            switch (piece[..end])
            {
                case "title":
                    writer.Write(WebUtility.HtmlEncode(title));
                    break;
                case "style":
                    writer.Write(Resource("report.css"));
                    break;
                case "script":
                    writer.Write(Resource("report.js"));
                    break;
                case "overview":
                    writer.Write(overview);
                    break;
                case "index":
                    writer.Write(index.Json());
                    break;
                default:
                    int number = 0;
                    foreach (string photograph in pictures)
                        writer.Write(string.Create(CultureInfo.InvariantCulture, $"<script type=\"application/json\" id=\"p{number++}\">{photograph}</script>\n"));
                    break;
            }
            writer.Write(piece[(end + 2)..]);
        }
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(ReportPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
