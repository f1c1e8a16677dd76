using IrNetTool;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary><c>irnet report</c>.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(), _images = new();
    private readonly PhotographSet _data;

    public ReportCommandTests()
    {
        _data = ToyData.WithMasks(_images, 3);
        using var writer = new LabelFolderWriter(Labels, _data.Classes);
        foreach (Photograph photograph in _data.Photographs)
            writer.Add(photograph.Name, photograph.Name + ".jpg", 48, 48, photograph.ReadGroundTruth!());
        writer.Complete();
    }

    private string Labels => Path.Combine(_folder.Root, "labels");

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [Fact]
    public async Task The_page_of_a_data_set_stands_in_the_label_folder()
    {
        ToolRun run = await ToolRun.Of("report", "--labels", Labels, "--data", _images.Root, "--split", "train");
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        Assert.Contains(Path.Combine(Labels, "index.html"), run.Output, StringComparison.Ordinal);
        Assert.Contains("<td>semantic masks, mIoU</td><td>100.0</td>", File.ReadAllText(Path.Combine(Labels, "index.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Photographs_of_no_data_set_are_a_folder()
    {
        ToolRun run = await ToolRun.Of("report", "--labels", Labels, "--images", Path.Combine(_images.Root, "JPEGImages"), "--out", _folder.At("page.html"));
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        Assert.Contains("There are no drawn masks", File.ReadAllText(_folder.At("page.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--split", "--split", "train")]
    [InlineData("--instance-split", "--instance-split", "train")]
    [InlineData("--images", "--data", "IMAGES", "--images", "IMAGES")]
    [InlineData("MinimumScore", "--min-score", "3")]
    [InlineData("--side", "--side", "8")]
    public async Task Bad_arguments_are_one_line_and_exit_code_2(string named, params string[] args)
    {
        string[] located = [.. args.Select(arg => arg == "IMAGES" ? _images.Root : arg)];
        Assert.Contains(named, (await ToolRun.Of(["report", "--labels", Labels, .. located])).AssertFails(ExitCode.BadArguments), StringComparison.Ordinal);
    }
}
