using System.Text.Json.Nodes;
using IrNetTool;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary>The commands around Mask R-CNN and DeepLab, with trainings of one step.</summary>
[Collection("torch")]
public sealed class StudentCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [Theory]
    [InlineData("maskrcnn", "PredictedMasks")]
    [InlineData("deeplab", "SemanticMap")]
    public async Task Train_on_labels_then_predict(string model, string column)
    {
        PhotographSet data = ToyData.WithMasks(_images, 2);
        WriteLabels(data);
        string path = _folder.At("student.zip");
        ToolRun trained = await ToolRun.Of(Train(model, path, "--labels", _folder.At("labels")));
        Assert.Equal((ExitCode.Success, ""), (trained.Code, trained.Error));
        Assert.Contains("done in", trained.Output, StringComparison.Ordinal);
        Assert.False(Path.Exists(path + ".unfinished"));
        var ml = new MLContext();
        ITransformer loaded = ml.Model.Load(path, out _);
        Assert.Contains(loaded.GetOutputSchema(ml.Data.LoadPhotographs(data).Schema), added => added.Name == column);
        ((IDisposable)loaded).Dispose();

        ToolRun predicted = await ToolRun.Of("predict", "--model", path, "--images", Path.Combine(_images.Root, "JPEGImages"), "--out", _folder.At("found"));
        Assert.Equal((ExitCode.Success, ""), (predicted.Code, predicted.Error));
        Assert.Contains("2 photographs labelled, 0 left out", predicted.Output, StringComparison.Ordinal);
        LabelFolder found = LabelFolder.Read(_folder.At("found"));
        Assert.Equal(data.Photographs.Select(photograph => photograph.Name), found.Photographs.Keys);
        Assert.All(data.Photographs, photograph =>
            Assert.Equal(ImageFile.ReadSize(photograph.Path), (found.Photographs[photograph.Name]().Semantic.Height, found.Photographs[photograph.Name]().Semantic.Width)));

        string[] all = Predict("0"), sure = Predict("0.999");
        if (model == "deeplab")
            Assert.Contains("MinimumScore", (await ToolRun.Of(all)).AssertFails(ExitCode.BadArguments), StringComparison.Ordinal);
        else
        {
            Assert.NotEqual(0, await Found(all));
            Assert.Equal(0, await Found(sure));
        }

        string[] Predict(string score) => ["predict", "--model", path, "--images", Path.Combine(_images.Root, "JPEGImages"), "--out", _folder.At(score), "--min-score", score];

        async Task<int> Found(string[] predict)
        {
            Assert.Equal(ExitCode.Success, (await ToolRun.Of(predict)).Code);
            return LabelFolder.Read(predict[6]).Photographs.Values.Sum(read => read().Instances.Count);
        }
    }

    [Fact]
    public async Task A_stopped_training_leaves_its_state_and_goes_on()
    {
        WriteLabels(ToyData.WithMasks(_images, 2));
        string path = _folder.At("student.zip");
        string[] arguments = Train("deeplab", path, "--labels", _folder.At("labels"));
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        ToolRun stopped = await ToolRun.Of(arguments, cancellation.Token);
        Assert.Equal(ExitCode.Cancelled, stopped.Code);
        Assert.Contains("goes on from here", stopped.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
        Assert.Equal(ExitCode.Success, (await ToolRun.Of(arguments)).Code);
        Assert.True(File.Exists(path));
    }

    [Theory]
    [InlineData("labels/SegmentationClass", "LabelMaps")]
    [InlineData("labels/annotations.json", "Labels")]
    [InlineData("JPEGImages", "PhotographFiles")]
    public async Task A_stopped_training_does_not_go_on_with_other_labels_or_photographs(string changed, string refused)
    {
        WriteLabels(ToyData.WithMasks(_images, 2));
        string[] arguments = Train("deeplab", _folder.At("student.zip"), "--labels", _folder.At("labels"));
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        Assert.Equal(ExitCode.Cancelled, (await ToolRun.Of(arguments, cancellation.Token)).Code);
        string path = Path.Combine(changed.StartsWith("labels", StringComparison.Ordinal) ? _folder.Root : _images.Root, changed);
        // Bytes behind the end of an image, and white space behind JSON, change nothing but the file.
        await File.AppendAllTextAsync(File.Exists(path) ? path : Directory.EnumerateFiles(path).First(), " ");
        Assert.StartsWith($"irnet: {refused}: ", (await ToolRun.Of(arguments)).AssertFails(ExitCode.BadArguments), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await ToolRun.Of([.. arguments, "--restart"])).Code);
    }

    [Fact]
    public async Task Without_labels_or_drawn_masks_there_is_nothing_to_learn()
    {
        ToyData.WriteTagged(_images, 2);
        ToolRun run = await ToolRun.Of("train-student", "--data", _images.Root, "--model", "maskrcnn", "--out", _folder.At("student.zip"), "--backbone-weights", "none", "--device", "cpu");
        Assert.Contains("--labels", run.AssertFails(ExitCode.BadArguments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_labeller_is_no_student()
    {
        ToyData.WriteTagged(_images, 1);
        using var cam = Networks.TinyNetworks.Cam(2);
        using var irNet = Networks.TinyNetworks.Ir();
        string path = _folder.At("labeller.zip");
        new LabellerModel(cam, irNet, ToyData.Classes, new LabellerOptions()).Save(path);
        ToolRun run = await ToolRun.Of("predict", "--model", path, "--images", _images.Root, "--out", _folder.At("found"));
        Assert.Contains("no Mask R-CNN and no DeepLab", run.AssertFails(ExitCode.Failed), StringComparison.Ordinal);
        Assert.False(Path.Exists(_folder.At("found")));
    }

    [Fact]
    public async Task Run_goes_from_tags_to_a_student()
    {
        ToyData.WithMasks(_images, 2);
        string[] arguments =
        [
            "run", "--data", _images.Root, "--out", _folder.At("out"), "--backbone", "resnet18", "--backbone-weights", "none", "--cam-epochs", "1", "--irnet-epochs", "1",
            "--batch", "2", "--crop", "80", "--scales", "1", "--device", "cpu", "--student", "deeplab", "--student-iterations", "1",
        ];
        string model = _folder.At("out", "deeplab.zip");
        Assert.Contains("train DeepLab: done in", await Run(), StringComparison.Ordinal);
        byte[] trained = await File.ReadAllBytesAsync(model);
        string metrics = await File.ReadAllTextAsync(_folder.At("out", "metrics.json"));
        JsonNode json = JsonNode.Parse(metrics)!;
        Assert.Equal(1, (int)json["losses"]!["trainDeepLab"]!["steps"]!);
        Assert.True((double)json["stages"]!["trainDeepLab"]!["seconds"]! > 0);

        Assert.Contains("train DeepLab: done by an earlier run", await Run(), StringComparison.Ordinal);
        Assert.Equal(json["losses"]!.ToJsonString(), JsonNode.Parse(await File.ReadAllTextAsync(_folder.At("out", "metrics.json")))!["losses"]!.ToJsonString());
        await File.WriteAllTextAsync(model, "another file");
        Assert.Contains("train DeepLab: done in", await Run(), StringComparison.Ordinal);
        Assert.Equal(trained, await File.ReadAllBytesAsync(model));

        async Task<string> Run()
        {
            ToolRun run = await ToolRun.Of(arguments);
            Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
            return run.Output;
        }
    }

    private string[] Train(string model, string path, params string[] labels) =>
    [
        "train-student", "--data", _images.Root, "--model", model, "--out", path, "--backbone", "resnet18", "--backbone-weights", "none", "--iterations", "1", "--batch", "2",
        "--shorter-side", "64", "--regions", "8", "--device", "cpu", .. labels,
    ];

    private void WriteLabels(PhotographSet data)
    {
        using var writer = new LabelFolderWriter(_folder.At("labels"), data.Classes);
        foreach (Photograph photograph in data.Photographs)
        {
            ImageLabels labels = photograph.ReadGroundTruth!();
            writer.Add(photograph.Name, Path.GetFileName(photograph.Path), labels.Semantic.Height, labels.Semantic.Width, labels);
        }
        writer.Complete();
    }
}
