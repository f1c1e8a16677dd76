using System.Net;
using System.Text;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Tables of plain text as HTML.</summary>
internal static class HtmlTable
{
    /// <summary>A table with a caption; all texts are plain.</summary>
    public static string Of(string caption, IEnumerable<string> columns, IEnumerable<IEnumerable<string>> rows)
    {
        var html = new StringBuilder($"<table><caption>{WebUtility.HtmlEncode(caption)}</caption>\n{Row("th", columns)}");
        foreach (IEnumerable<string> row in rows)
            html.Append(Row("td", row));
        return html.Append("</table>\n").ToString();
    }

    private static string Row(string cell, IEnumerable<string> texts) => $"<tr>{string.Concat(texts.Select(text => $"<{cell}>{WebUtility.HtmlEncode(text)}</{cell}>"))}</tr>\n";
}
