using System.Text.Json;
using IrNetTool;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary>The commands at work, on a run of a few steps.</summary>
[Collection("torch")]
public sealed class RunCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    private string[] RunArguments =>
    [
        "run", "--data", _images.Root, "--out", _folder.At("out"), "--backbone", "resnet18", "--backbone-weights", "none", "--cam-epochs", "1", "--irnet-epochs", "1",
        "--batch", "2", "--crop", "80", "--scales", "1", "0.5", "--seed", "7", "--device", "cpu",
    ];

    [Fact]
    public async Task Run_then_label_then_evaluate()
    {
        PhotographSet data = ToyData.WithMasks(_images, 2);
        ToolRun run = await ToolRun.Of(RunArguments);
        Assert.Equal("", run.Error);
        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("warning: the backbone starts from random weights", run.Output, StringComparison.Ordinal);
        Assert.All(new[] { "train classifier: 1 steps", "train IRNet: done in", "label: 2 photographs", "CAM alone", "aeroplane", "seconds" },
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
        JsonElement metrics = JsonFile.Read(_folder.At("out", "metrics.json"));
        Assert.True(metrics.GetProperty("stages").GetProperty("trainIrNet").GetProperty("seconds").GetDouble() > 0);

        ToolRun again = await ToolRun.Of(RunArguments);
        Assert.Equal(ExitCode.Success, again.Code);
        Assert.Contains("train classifier: done by an earlier run", again.Output, StringComparison.Ordinal);

        ToolRun evaluated = await ToolRun.Of("evaluate", "--labels", _folder.At("out"), "--data", _images.Root, "--json", _folder.At("evaluated.json"));
        Assert.Equal((ExitCode.Success, ""), (evaluated.Code, evaluated.Error));
        Assert.Contains("where a class repeats", evaluated.Output, StringComparison.Ordinal);
        JsonElement same = JsonFile.Read(_folder.At("evaluated.json"));
        foreach (string part in new[] { "semantic", "instance", "coco" })
            Assert.Equal(metrics.GetProperty(part).ToString(), same.GetProperty(part).ToString());

        _images.Write("tags.csv", $"path,tags\n{string.Join('\n', data.Photographs.Select(photograph => $"{photograph.Name}.jpg,{string.Join(';', photograph.Tags.Select(tag => data.Classes[tag]))}"))}");
        ToolRun labelled = await ToolRun.Of("label", "--model", _folder.At("out", "labeller.zip"), "--images", Path.Combine(_images.Root, "JPEGImages"),
            "--tags", Path.Combine(_images.Root, "tags.csv"), "--out", _folder.At("labels"));
        Assert.Equal((ExitCode.Success, ""), (labelled.Code, labelled.Error));
        Assert.Contains("2 photographs labelled, 0 left out", labelled.Output, StringComparison.Ordinal);
        Assert.Equal(FolderBytes.OfLabels(_folder.At("out")), FolderBytes.OfLabels(_folder.At("labels")));
    }

    [Fact]
    public async Task Bad_photographs_are_listed_and_mean_exit_code_1()
    {
        ToyData.WriteTagged(_images, 3);
        File.WriteAllText(_images.At("toy1.png"), "no image");
        Assert.Contains("toy1", (await ToolRun.Of([.. RunArguments, "--strict"])).AssertFails(ExitCode.Failed), StringComparison.Ordinal);
        ToolRun run = await ToolRun.Of(RunArguments);
        Assert.Equal((ExitCode.Failed, ""), (run.Code, run.Error));
        Assert.Contains("warning: toy1 is left out", run.Output, StringComparison.Ordinal);
        Assert.Contains("left out: toy1: ", run.Output, StringComparison.Ordinal);
        Assert.Equal("toy1", JsonFile.Read(_folder.At("out", "metrics.json")).GetProperty("skipped")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Label_without_tags_goes_by_what_the_model_finds()
    {
        ToyData.WriteTagged(_images, 3);
        File.WriteAllText(_images.At("toy1.png"), "no image");
        string[] label = ["label", "--model", TinyLabeller(), "--images", _images.Root, "--out", _folder.At("labels")];
        ToolRun labelled = await ToolRun.Of(label);
        Assert.Equal((ExitCode.Failed, ""), (labelled.Code, labelled.Error));
        Assert.Contains("2 photographs labelled, 1 left out", labelled.Output, StringComparison.Ordinal);
        Assert.Equal(["toy0", "toy2"], LabelFolder.Read(_folder.At("labels")).Photographs.Keys);
        Assert.Contains("toy1", (await ToolRun.Of([.. label, "--strict"])).AssertFails(ExitCode.Failed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tag_that_the_model_does_not_know_is_named()
    {
        ToyData.WriteTagged(_images, 2);
        string tags = _folder.Write("tags.csv", "path,tags\ntoy0.jpg,unicorn");
        ToolRun labelled = await ToolRun.Of("label", "--model", TinyLabeller(), "--images", _images.Root, "--tags", tags, "--out", _folder.At("labels"));
        Assert.Contains("unicorn", labelled.AssertFails(ExitCode.Failed), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_model_is_named()
    {
        ToyData.WriteTagged(_images, 1);
        byte[] whole = File.ReadAllBytes(TinyLabeller());
        string half = _folder.At("half.zip");
        File.WriteAllBytes(half, whole[..(whole.Length / 2)]);
        ToolRun labelled = await ToolRun.Of("label", "--model", half, "--images", _images.Root, "--out", _folder.At("labels"));
        Assert.Contains(half, labelled.AssertFails(ExitCode.Failed), StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.At("labels")));
    }

    [Fact]
    public async Task Cancelled_it_says_so()
    {
        ToyData.WriteTagged(_images, 2);
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        ToolRun run = await ToolRun.Of(RunArguments, cancellation.Token);
        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Contains("irnet: stopped.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_says_what_does_not_fit()
    {
        using var other = Microsoft.ML.IrNet.Tests.Networks.TinyNetworks.Cam(20);
        string path = _folder.At("other.safetensors");
        SafeTensors.Write(path, ModuleWeights.Save(other));
        ToolRun run = await ToolRun.Of("import", "--cam", path, "--irnet", path, "--out", _folder.At("labeller.zip"));
        string line = run.AssertFails(ExitCode.Failed);
        Assert.Contains(path, line, StringComparison.Ordinal);
        Assert.Contains("does not fit the network", line, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("labeller.zip")));
    }

    private string TinyLabeller() => Microsoft.ML.IrNet.Tests.Networks.TinyNetworks.SaveLabeller(_folder.At("tiny.zip"), ToyData.Classes);

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }
}
