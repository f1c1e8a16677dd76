using System.Text.RegularExpressions;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Tests.Rendering;

public sealed partial class GalleryPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gallery").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Pictures_stand_in_the_page_in_order_and_decode()
    {
        var page = new GalleryPage("Masks");
        page.AddPhotograph("a", "two tags", [new("first", Pictures.Noise(12, 20)), new("second", Pictures.Noise(7, 5))]);

        string html = Write(page);

        (int Height, int Width)[] sizes = [.. Picture().Matches(html).Select(match =>
        {
            using var stream = new MemoryStream(Convert.FromBase64String(match.Groups[1].Value));
            RgbImage image = ImageFile.Read(stream, "picture");
            return (image.Height, image.Width);
        })];
        Assert.Equal([(12, 20), (7, 5)], sizes);
        Assert.True(html.IndexOf("first", StringComparison.Ordinal) < html.IndexOf("second", StringComparison.Ordinal));
    }

    [Fact]
    public void Text_is_text_not_markup()
    {
        var page = new GalleryPage("<b>&", "<i>");
        page.AddTable(new("<u>", ["<th>"], [["<td>x"]]));
        page.AddPhotograph("<script>", "\"", [new("<img>", Pictures.Noise(4, 4))]);

        string html = Write(page);

        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<u>", html, StringComparison.Ordinal);
        Assert.Contains("&lt;td&gt;x</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_needs_no_other_file()
    {
        var page = new GalleryPage("Masks");
        page.AddPhotograph("a", "", [new("one", Pictures.Noise(4, 4))]);

        string html = Write(page);

        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(Source().Matches(html), match => Assert.StartsWith("data:image/jpeg;base64,", match.Groups[1].Value, StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_need_a_cell_for_each_column() =>
        Assert.Throws<ArgumentException>(() => new GalleryPage("t").AddTable(new("c", ["a", "b"], [["1", "2"], ["3"]])));

    [Fact]
    public void A_folder_that_is_a_file_is_an_output_error()
    {
        string file = Path.Combine(_folder, "file");
        File.WriteAllText(file, "");

        Assert.Throws<OutputException>(() => new GalleryPage("t").Write(Path.Combine(file, "index.html")));
    }

    private string Write(GalleryPage page)
    {
        string path = Path.Combine(_folder, "index.html");
        page.Write(path);
        return File.ReadAllText(path);
    }

    [GeneratedRegex("base64,([^\"]+)\"")]
    private static partial Regex Picture();

    [GeneratedRegex("src=\"([^\"]+)\"")]
    private static partial Regex Source();
}
