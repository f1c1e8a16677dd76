using IrNetTool;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Tool;

[Collection("torch")]
public class CommandLineTests
{
    [Fact]
    public async Task Help_lists_the_commands()
    {
        ToolRun run = await ToolRun.Of("--help");
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.All(new[] { "run", "label", "import", "evaluate", "export", "convert", "Example:" }, text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_a_command_it_says_so() => (await ToolRun.Of()).AssertFails(ExitCode.BadArguments);

    [Theory]
    [InlineData("'fly'", "fly")]
    [InlineData("--data", "run", "--out", "OUT")]
    [InlineData("--fast", "run", "--data", "DATA", "--out", "OUT", "--fast")]
    [InlineData("--batch", "run", "--data", "DATA", "--out", "OUT", "--batch", "0")]
    [InlineData("--batch", "run", "--data", "DATA", "--out", "OUT", "--batch", "many")]
    [InlineData("--cam-epochs", "run", "--data", "DATA", "--out", "OUT", "--cam-epochs", "0")]
    [InlineData("--irnet-epochs", "run", "--data", "DATA", "--out", "OUT", "--irnet-epochs", "-1")]
    [InlineData("--crop", "run", "--data", "DATA", "--out", "OUT", "--crop", "100")]
    [InlineData("--crop", "run", "--data", "DATA", "--out", "OUT", "--crop", "64")]
    [InlineData("--scales", "run", "--data", "DATA", "--out", "OUT", "--scales", "1", "0")]
    [InlineData("--backbone-weights", "run", "--data", "DATA", "--out", "OUT", "--backbone-weights", "alexnet")]
    [InlineData("vgg16", "run", "--data", "DATA", "--out", "OUT", "--backbone", "vgg16")]
    [InlineData("yolo", "run", "--data", "DATA", "--out", "OUT", "--format", "yolo")]
    [InlineData("--device", "run", "--data", "DATA", "--out", "OUT", "--device", "gpu")]
    [InlineData("--device", "run", "--data", "DATA", "--out", "OUT", "--backbone-weights", "none", "--device", "cuda:99")]
    [InlineData("split", "run", "--data", "DATA", "--out", "OUT", "--split", "train")]
    [InlineData("/nowhere/data", "run", "--data", "/nowhere/data", "--out", "OUT")]
    [InlineData("/nowhere/model.zip", "label", "--model", "/nowhere/model.zip", "--images", "DATA", "--out", "OUT")]
    [InlineData("/nowhere/images", "label", "--model", "DATA/tags.csv", "--images", "/nowhere/images", "--out", "OUT")]
    [InlineData("/nowhere/tags.csv", "label", "--model", "DATA/tags.csv", "--images", "DATA", "--tags", "/nowhere/tags.csv", "--out", "OUT")]
    [InlineData("/nowhere/cam.pth", "import", "--cam", "/nowhere/cam.pth", "--irnet", "DATA/tags.csv", "--out", "OUT")]
    [InlineData("--classes", "import", "--cam", "DATA/tags.csv", "--irnet", "DATA/tags.csv", "--classes", "coco", "--out", "OUT")]
    [InlineData("/nowhere/labels", "evaluate", "--labels", "/nowhere/labels", "--data", "DATA")]
    [InlineData("--data", "evaluate", "--labels", "DATA", "--data", "DATA")]
    public async Task Bad_arguments_are_one_line_and_exit_code_2(string named, params string[] args)
    {
        using var folder = new TemporaryFolder();
        folder.Write("data/tags.csv", "path,tags\none.png,disc");
        folder.Write("data/one.png", "");
        string[] located = [.. args.Select(arg => arg.Replace("DATA", folder.At("data"), StringComparison.Ordinal).Replace("OUT", folder.At("out"), StringComparison.Ordinal))];
        string line = (await ToolRun.Of(located)).AssertFails(ExitCode.BadArguments);
        Assert.Contains(named, line, StringComparison.Ordinal);
        Assert.False(Path.Exists(folder.At("out")));
    }

    [Theory]
    [InlineData("VOC2012", "run")]
    [InlineData("tags.csv", "label")]
    [InlineData("tags.csv", "import")]
    [InlineData("tags.csv", "evaluate")]
    public async Task A_failed_job_is_one_line_and_exit_code_1(string named, string command)
    {
        using var folder = new TemporaryFolder();
        string csv = folder.Write("VOC2012/tags.csv", "path,colour\none.png,red");
        string[] args = command switch
        {
            "run" => ["run", "--data", folder.At("VOC2012"), "--out", folder.At("out"), "--backbone-weights", "none"],
            "label" => ["label", "--model", csv, "--images", folder.At("VOC2012"), "--out", folder.At("out")],
            "import" => ["import", "--cam", csv, "--irnet", csv, "--out", folder.At("out")],
            _ => ["evaluate", "--labels", csv, "--data", folder.At("VOC2012")],
        };
        ToolRun run = await ToolRun.Of(args);
        Assert.Contains(named, run.AssertFails(ExitCode.Failed), StringComparison.Ordinal);

        ToolRun verbose = await ToolRun.Of([.. args, "--verbose"]);
        Assert.Equal(ExitCode.Failed, verbose.Code);
        Assert.StartsWith(run.Error.TrimEnd(), verbose.Error, StringComparison.Ordinal);
        Assert.Contains("   at ", verbose.Error, StringComparison.Ordinal);
    }
}
