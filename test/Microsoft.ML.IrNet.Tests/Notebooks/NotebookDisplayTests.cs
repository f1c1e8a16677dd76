using System.Text.RegularExpressions;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Notebooks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tuning;

namespace Microsoft.ML.IrNet.Tests.Notebooks;

public partial class NotebookDisplayTests
{
    private const int Height = 9, Width = 14;

    private static readonly RgbImage _photograph = Pictures.Gradient(Height, Width);

    [Fact]
    public void A_photograph_stays_as_it_is_and_maps_have_its_size()
    {
        Assert.Equal(_photograph.Pixels, Decode(_photograph.ToPng()).Pixels);
        Assert.Equal((Height, Width), Size(Labels().Semantic.ToPng()));
        Assert.Equal((Height, 3 * Width), Size(Maps().ToPng()));
        Assert.Equal((Height, Width), Size(Labels().ToPng()));
    }

    [Fact]
    public void Masks_are_drawn_on_the_photograph_or_on_grey()
    {
        ImageLabels labels = Labels();
        RgbImage over = Decode(labels.ToPng(_photograph)), alone = Decode(labels.ToPng());
        int outside = 3 * (Width * Height - 1);
        Assert.Equal(_photograph.Pixels[outside..], over.Pixels[outside..]);
        Assert.All(alone.Pixels[outside..], value => Assert.Equal(160, value));
        Assert.NotEqual(_photograph.Pixels[..3], over.Pixels[..3]);
        Assert.Equal(2, Figures().Count(labels.ToHtml(_photograph)));
        Assert.NotEqual(labels.ToHtml(), labels.ToHtml(_photograph));
    }

    [Fact]
    public void Instances_of_score_0_are_not_drawn()
    {
        ImageLabels labels = Labels();
        ImageLabels faint = labels with { Instances = [.. labels.Instances.Select(instance => instance with { Score = 0 })] };
        Assert.Equal(_photograph.Pixels, Decode(faint.ToPng(_photograph)).Pixels);
    }

    [Fact]
    public void A_photograph_of_another_size_is_refused()
    {
        RgbImage other = Pictures.Gradient(Height + 1, Width);
        Assert.Throws<ArgumentException>(() => Labels().ToPng(other));
        Assert.Throws<ArgumentException>(() => Labels().ToHtml(other));
    }

    [Fact]
    public void Names_are_text_and_no_HTML()
    {
        string semantic = new SemanticSegmentationMetrics(2, 0, 0.5, new Dictionary<string, double> { ["<b>&"] = 0.25 }).ToHtml();
        Assert.Contains("<td>&lt;b&gt;&amp;</td><td>25.0</td>", semantic, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", semantic, StringComparison.Ordinal);

        var report = new TuningResult(new TunedOptions(), "", 1, 0.5, double.NaN, [new TuningTrial(0, "<b>&", 1, 0.25, Chosen: true)]);
        Assert.Contains("<td>&lt;b&gt;&amp;</td>", report.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("Masks before 50.0, tuned -", report.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_picture_is_whole_and_has_a_caption()
    {
        foreach ((string html, int pictures) in new[] { (_photograph.ToHtml(), 1), (Labels().Semantic.ToHtml(), 1), (Maps().ToHtml(), 3), (Labels().ToHtml(), 2) })
        {
            MatchCollection found = Figures().Matches(html);
            Assert.Equal(pictures, found.Count);
            Assert.All(found, figure =>
            {
                using var picture = new MemoryStream(Convert.FromBase64String(figure.Groups["picture"].Value));
                Assert.Equal((Height, Width), Of(ImageFile.Read(picture, "picture")));
                Assert.NotEqual("", figure.Groups["caption"].Value);
            });
        }
    }

    [Fact]
    public void What_is_not_of_the_library_is_left_to_the_notebook() => Assert.Null(NotebookDisplay.HtmlOf("text"));

    internal static ImageLabels Labels()
    {
        var map = new byte[Height * Width];
        map.AsSpan(0, 3 * Width).Fill(2);
        var mask = RunLengthMask.FromRowMajor(Height, Width, Array.ConvertAll(map, label => label == 2 ? (byte)1 : (byte)0));
        return new ImageLabels([new InstanceLabel(1, 0.75f, mask.ComputeBox(), mask)], new LabelMap(Height, Width, map));
    }

    private static NetworkMaps Maps()
    {
        const int Rows = 3, Columns = 4;
        float[] cells = [.. Enumerable.Range(0, Rows * Columns).Select(cell => cell / 12f)];
        return new NetworkMaps(Height, Width, Rows, Columns, [0], cells, cells, [.. cells, .. cells]);
    }

    private static RgbImage Decode(byte[] png)
    {
        using var stream = new MemoryStream(png);
        return ImageFile.Read(stream, "picture");
    }

    private static (int Height, int Width) Of(RgbImage image) => (image.Height, image.Width);

    private static (int Height, int Width) Size(byte[] png) => Of(Decode(png));

    [GeneratedRegex("<figure .*?base64,(?<picture>[^\"]*)\".*?<figcaption>(?<caption>.*?)</figcaption></figure>")]
    private static partial Regex Figures();
}
