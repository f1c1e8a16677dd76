using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Reports;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Reports;

public sealed partial class LabelReportTests : IDisposable
{
    private const int Side = 40;
    private static readonly string[] Classes = ["cat", "</script><b>dog"];

    private readonly TemporaryFolder _folder = new();

    private string Labels => _folder.At("labels", "annotations.json")[..^"/annotations.json".Length];

    private string Page => _folder.At("page", "index.html");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_page_stands_alone_and_text_is_no_markup()
    {
        LabelReport.Write(Page, Labels, new LabelReportOptions { Title = "<i>title", Data = Write(3) });

        string html = File.ReadAllText(Page);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("src=\"", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<i>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>dog", html, StringComparison.Ordinal);
        Assert.Equal(["index.html"], Directory.GetFiles(Path.GetDirectoryName(Page)!).Select(Path.GetFileName));
    }

    [Fact]
    public void Photographs_maps_and_masks_stand_in_the_page()
    {
        LabelReport.Write(Page, Labels, new LabelReportOptions { Data = Write(3), PictureSide = 32 });

        JsonObject[] photographs = Photographs();
        Assert.Equal(3, photographs.Length);
        foreach (JsonObject photograph in photographs)
        {
            using var stream = new MemoryStream(Convert.FromBase64String((string)photograph["photograph"]!));
            RgbImage picture = ImageFile.Read(stream, "picture");
            Assert.Equal((32, 32), (picture.Height, picture.Width));
            Assert.NotNull(photograph["maps"]);
            Assert.Equal(2, photograph["found"]!.AsArray().Count);
            RunLengthMask mask = RunLengthMask.Parse((string)photograph["found"]![0]!, 32, 32);
            Assert.InRange(mask.Area, 1, 32 * 32 / 2);
        }
    }

    [Fact]
    public void Errors_and_metrics_are_told_where_masks_are_drawn()
    {
        LabelReport.Write(Page, Labels, new LabelReportOptions { Data = Write(3) });

        JsonObject index = Index();
        Assert.True((bool)index["hasTruth"]!);
        // The second class is not drawn anywhere.
        JsonObject photograph = index["photographs"]![0]!.AsObject();
        Assert.Equal("[[0,0]]", photograph["drawn"]!.ToJsonString());
        Assert.Equal("[[0,0.9,0],[1,0.4,6]]", photograph["found"]!.ToJsonString());
        Assert.Contains("<td>cat</td><td>3</td><td>3</td><td>100.0</td><td>100.0</td><td>100.0</td>", File.ReadAllText(Page), StringComparison.Ordinal);
    }

    [Fact]
    public void A_low_score_is_no_false_alarm_where_it_does_not_count()
    {
        LabelReport.Write(Page, Labels, new LabelReportOptions { Data = Write(1), MinimumScore = 0.5f });
        Assert.Equal("[[0,0.9,0],[1,0.4,0]]", Index()["photographs"]![0]!["found"]!.ToJsonString());
    }

    [Fact]
    public void Masks_without_photographs_are_shown_too()
    {
        Write(2);
        LabelReport.Write(Page, Labels);
        Assert.All(Photographs(), photograph => Assert.Null(photograph["photograph"]));
        Assert.Contains("There are no drawn masks", File.ReadAllText(Page), StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_run_noted_is_shown()
    {
        Write(1);
        File.WriteAllText(Path.Combine(Labels, "metrics.json"), """
            {"stages":{"trainCam":{"seconds":12.4}},"losses":{"trainCam":{"steps":4,"stepsEach":2,"means":{"loss":[2,null,1]}}},
             "ablation":[{"parts":"CAM <alone>","AP50":0.25,"mIoU":null}],"warnings":["mind & beware"],"skipped":[{"name":"bad","reason":"is empty"}]}
            """);
        LabelReport.Write(Page, Labels);
        string html = File.ReadAllText(Page);
        foreach (string expected in new[] { "<td>train classifier</td><td>12</td>", "Losses, train classifier", "CAM &lt;alone&gt;</td><td>25.0</td><td>-</td>", "mind &amp; beware", "<td>bad</td><td>is empty</td>" })
            Assert.Contains(expected, html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"stages":{"label":{"seconds":"long"}}}""")]
    [InlineData("""{"losses":{"trainCam":{"means":{"loss":["x"]}}}}""")]
    public void A_damaged_metrics_file_is_named_and_an_older_page_stays(string text)
    {
        Write(1);
        File.WriteAllText(Path.Combine(Labels, "metrics.json"), text);
        File.WriteAllText(Page, "older");
        var error = Assert.Throws<DataSetException>(() => LabelReport.Write(Page, Labels));
        Assert.EndsWith("metrics.json", error.Subject, StringComparison.Ordinal);
        Assert.Equal("older", File.ReadAllText(Page));
    }

    [Fact]
    public void Cancelling_leaves_an_older_page_and_nothing_else()
    {
        PhotographSet data = Write(3);
        File.WriteAllText(Page, "older");
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => LabelReport.Write(Page, Labels, new LabelReportOptions { Data = data }, new Stop(cancel), cancel.Token));
        Assert.Equal("older", File.ReadAllText(Page));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(Page)!));
    }

    [Theory]
    [InlineData(16, 0f, "PictureSide")]
    [InlineData(null, 1.5f, "MinimumScore")]
    [InlineData(null, float.NaN, "MinimumScore")]
    public void Options_out_of_range_are_named(int? side, float score, string option)
    {
        var error = Assert.Throws<OptionException>(() => LabelReport.Write(Page, Labels, new LabelReportOptions { PictureSide = side, MinimumScore = score }));
        Assert.Equal(option, error.Subject);
    }

    [SkippableFact]
    public async Task In_a_browser_the_filters_filter_and_nothing_fails()
    {
        Chromium.Require();
        LabelReport.Write(Page, Labels, new LabelReportOptions { Data = Write(30) });

        (string all, string console) = await Chromium.Open(Page, "");
        Assert.Empty(console);
        Assert.Contains("30 of 30 photographs", all, StringComparison.Ordinal);
        Assert.Contains("page 1 of 2", all, StringComparison.Ordinal);
        Assert.Equal(24, Cards(all));
        Assert.Equal(24, Regex.Count(all, "false alarm</span>"));

        (string second, console) = await Chromium.Open(Page, "page=2&show=cam,truth");
        Assert.Empty(console);
        Assert.Equal(6, Cards(second));
        Assert.Equal(6, Regex.Count(second, "class=\"picture show-cam show-truth\""));

        Assert.Contains("30 of 30", (await Chromium.Open(Page, "kind=false alarm")).Document, StringComparison.Ordinal);
        Assert.Contains("0 of 30", (await Chromium.Open(Page, "kind=missed")).Document, StringComparison.Ordinal);
        Assert.Contains("0 of 30", (await Chromium.Open(Page, "class=cat&kind=false alarm")).Document, StringComparison.Ordinal);
        Assert.Contains("30 of 30", (await Chromium.Open(Page, "class=cat&score=0.9")).Document, StringComparison.Ordinal);
        Assert.Contains("0 of 30", (await Chromium.Open(Page, "class=cat&score=0.91")).Document, StringComparison.Ordinal);
        Assert.Contains("11 of 30", (await Chromium.Open(Page, "name=photo2")).Document, StringComparison.Ordinal);

        static int Cards(string document) => Regex.Count(document, "<figure class=\"card\">");
    }

    /// <summary>Photographs with a cat that is drawn and found, and a dog that is found only.</summary>
    private PhotographSet Write(int count)
    {
        InstanceLabel cat = Square(0, 0.9f, 4), dog = Square(1, 0.4f, 24);
        var semantic = new LabelMap(Side, Side, cat.Mask.ToRowMajor());
        using var writer = new LabelFolderWriter(Labels, Classes);
        var photographs = new List<Photograph>();
        var picture = new RgbImage(Side, Side, [.. Enumerable.Repeat((byte)90, Side * Side * 3)]);
        for (int i = 1; i <= count; i++)
        {
            string name = $"photo{i}", path = _folder.At("images", name + ".png");
            PngFile.Write(path, picture);
            writer.Add(name, name + ".png", Side, Side, new ImageLabels([cat, dog], semantic), new RgbImage(30, 10, new byte[900]));
            photographs.Add(new Photograph(name, path, [0]) { ReadGroundTruth = () => new ImageLabels([cat with { Score = 1 }], semantic) });
        }
        writer.Complete();
        return new PhotographSet(Classes, photographs);
    }

    private static InstanceLabel Square(int classIndex, float score, int at)
    {
        var mask = new byte[Side * Side];
        for (int y = at; y < at + 12; y++)
            mask.AsSpan(y * Side + at, 12).Fill(1);
        return MaskGenerators.Instance(classIndex, score, RunLengthMask.FromRowMajor(Side, Side, mask));
    }

    private JsonObject Index() => JsonNode.Parse(Blocks("index").Single())!.AsObject();

    private JsonObject[] Photographs() => [.. Blocks(@"p\d+").Select(text => JsonNode.Parse(text)!.AsObject())];

    private IEnumerable<string> Blocks(string id) =>
        Regex.Matches(File.ReadAllText(Page), $"<script type=\"application/json\" id=\"{id}\">(.*?)</script>").Select(match => match.Groups[1].Value);

    private sealed class Stop(CancellationTokenSource source) : IProgress<int>
    {
        public void Report(int value) => source.Cancel();
    }
}
