using IrNetTool;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Export.Formats;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary><c>irnet export</c> and <c>irnet convert</c>.</summary>
public sealed class ExchangeCommandTests : IDisposable
{
    private readonly ExchangeFixture _folder = new();

    public ExchangeCommandTests()
    {
        byte[] ring = [1, 1, 1, 1, 0, 1, 1, 1, 1];
        _folder.Write(new DrawnSet(DrawnSet.PlainClasses, [new DrawnPhotograph("one.jpg", 3, 3, [MaskGenerators.Instance(1, 0.5f, RunLengthMask.FromRowMajor(3, 3, ring))])]));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("coco", null)]
    [InlineData("voc", "voc: 1 instances with scores: the scores are left out")]
    [InlineData("yolo", "yolo: 1 instances of several parts or with holes: joined to one polygon by lines of no width; 1 instances with scores: the scores are left out")]
    [InlineData("labelme", null)]
    [InlineData("cvat", null)]
    public async Task Labels_go_out_and_come_back_and_one_line_says_what_is_lost(string format, string? loss)
    {
        ToolRun exported = await ToolRun.Of("export", "--labels", _folder.Labels, "--to", format, "--images", _folder.Images, "--out", _folder.Exported, "--split", "val");
        Assert.Equal((ExitCode.Success, ""), (exported.Code, exported.Error));
        Assert.Contains($"1 instances of 1 photographs are in {_folder.Exported}", exported.Output, StringComparison.Ordinal);
        Assert.Equal(loss, exported.Output.Split(Environment.NewLine).SingleOrDefault(line => line.StartsWith(format + ":", StringComparison.Ordinal)));

        ToolRun converted = await ToolRun.Of("convert", "--from", format, "--labels", _folder.Exported, "--out", _folder.Converted, "--json", _folder.Figures);
        Assert.Equal((ExitCode.Success, ""), (converted.Code, converted.Error));
        Assert.Equal(1, JsonFile.Read(_folder.Figures).GetProperty("instances").GetInt32());
        LabelFolder read = LabelFolder.Read(_folder.Converted);
        Assert.Equal(8, Assert.Single(read.Photographs["one"]().Instances).Mask.Area);
        Assert.Equal(DrawnSet.PlainClasses, read.Classes);
    }

    [Theory]
    [InlineData("--to", "export", "--labels", "LABELS", "--out", "OUT")]
    [InlineData("'kitti'", "export", "--labels", "LABELS", "--to", "kitti", "--out", "OUT")]
    [InlineData("/nowhere", "export", "--labels", "/nowhere", "--to", "coco", "--out", "OUT")]
    [InlineData("/nowhere", "export", "--labels", "LABELS", "--to", "coco", "--out", "OUT", "--images", "/nowhere")]
    [InlineData("split", "export", "--labels", "LABELS", "--to", "coco", "--out", "OUT", "--split", "../x")]
    [InlineData("--from", "convert", "--labels", "LABELS", "--out", "OUT")]
    [InlineData("/nowhere", "convert", "--from", "cvat", "--labels", "/nowhere", "--out", "OUT")]
    public async Task Bad_arguments_are_one_line_and_exit_code_2(string named, params string[] args)
    {
        string[] located = [.. args.Select(arg => arg.Replace("LABELS", _folder.Labels, StringComparison.Ordinal).Replace("OUT", _folder.Exported, StringComparison.Ordinal))];
        Assert.Contains(named, (await ToolRun.Of(located)).AssertFails(ExitCode.BadArguments), StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Exported));
    }

    [Fact]
    public async Task A_folder_of_another_format_is_one_line_and_exit_code_1()
    {
        ToolRun run = await ToolRun.Of("convert", "--from", "yolo", "--labels", _folder.Labels, "--out", _folder.Converted);
        Assert.Contains("data.yaml", run.AssertFails(ExitCode.Failed), StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.Converted));
    }
}
