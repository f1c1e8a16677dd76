using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>
/// One HTML file that shows photographs with what each stage made of them, and tables of metrics. Pictures are embedded, so the file stands alone
/// and needs no network. Pictures are encoded as they are added: the page keeps their JPEG bytes only.
/// </summary>
/// <param name="title">The heading, plain text.</param>
/// <param name="introduction">A paragraph below the heading, plain text; may be empty.</param>
public sealed class GalleryPage(string title, string introduction = "")
{
    private const string Style = """
        :root { color-scheme: light dark; --line: #8884; }
        body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 1500px; padding: 1rem; }
        h1 { font-size: 1.5rem; margin: .5rem 0; }
        p { max-width: 48rem; }
        .tables { display: flex; flex-wrap: wrap; gap: 1rem 3rem; }
        table { border-collapse: collapse; margin: .5rem 0; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { border-bottom: 1px solid var(--line); padding: .2rem .8rem .2rem 0; text-align: right; font-variant-numeric: tabular-nums; }
        th:first-child, td:first-child { text-align: left; }
        section { border-top: 1px solid var(--line); padding: .75rem 0; }
        h2 { font-size: 1rem; margin: 0 0 .5rem; }
        h2 span { font-weight: 400; opacity: .7; margin-left: .5rem; }
        .row { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: .6rem; }
        figure { margin: 0; max-width: 320px; }
        img { width: 100%; height: auto; display: block; border-radius: 4px; }
        figcaption { font-size: .8rem; opacity: .75; }
        """;

    private readonly StringBuilder _tables = new();
    private readonly StringBuilder _sections = new();

    /// <summary>Adds a table; tables stand side by side below the introduction.</summary>
    /// <exception cref="ArgumentException">A row has another number of cells than there are columns.</exception>
    public void AddTable(GalleryTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Rows.Any(row => row.Count != table.Header.Count))
            throw new ArgumentException($"Each row needs {table.Header.Count} cells.", nameof(table));
        Append(_tables, $"<table><caption>{Text(table.Caption)}</caption>\n<tr>");
        foreach (string name in table.Header)
            Append(_tables, $"<th>{Text(name)}</th>");
        _tables.Append("</tr>\n");
        foreach (IReadOnlyList<string> row in table.Rows)
        {
            _tables.Append("<tr>");
            foreach (string cell in row)
                Append(_tables, $"<td>{Text(cell)}</td>");
            _tables.Append("</tr>\n");
        }
        _tables.Append("</table>\n");
    }

    /// <summary>Adds a photograph with its pictures, side by side; on a narrow screen they wrap.</summary>
    /// <param name="name">The photograph's name.</param>
    /// <param name="remark">Beside the name: its tags, for example. May be empty.</param>
    /// <param name="pictures">The pictures from left to right.</param>
    public void AddPhotograph(string name, string remark, IReadOnlyList<GalleryPicture> pictures)
    {
        ArgumentNullException.ThrowIfNull(pictures);
        Append(_sections, $"<section><h2>{Text(name)}<span>{Text(remark)}</span></h2>\n<div class=\"row\">\n");
        foreach (GalleryPicture picture in pictures)
        {
            string data = Convert.ToBase64String(PngFile.EncodeJpeg(picture.Image));
            Append(_sections, $"<figure><img src=\"data:image/jpeg;base64,{data}\" width=\"{picture.Image.Width}\" height=\"{picture.Image.Height}\"");
            Append(_sections, $" alt=\"{Text(picture.Caption)}\"><figcaption>{Text(picture.Caption)}</figcaption></figure>\n");
        }
        _sections.Append("</div></section>\n");
    }

    /// <summary>Writes the page as one HTML file in UTF-8, whole or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public void Write(string path)
    {
        var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        Append(page, $"<title>{Text(title)}</title>\n<style>\n{Style}\n</style>\n</head>\n<body>\n<h1>{Text(title)}</h1>\n");
        if (introduction.Length > 0)
            Append(page, $"<p>{Text(introduction)}</p>\n");
        page.Append("<div class=\"tables\">\n").Append(_tables).Append("</div>\n").Append(_sections).Append("</body>\n</html>\n");
        AtomicFile.WriteText(path, page.ToString());
    }

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);

    private static void Append(StringBuilder builder, FormattableString text) => builder.Append(text.ToString(CultureInfo.InvariantCulture));
}
