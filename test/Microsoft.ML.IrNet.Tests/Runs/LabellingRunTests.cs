using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Runs;

[Collection("torch")]
public sealed class LabellingRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    private string Output => _folder.At("out");

    [Fact]
    public void A_run_leaves_labels_a_model_and_metrics()
    {
        PhotographSet data = ToyData.WithMasks(_images);
        var events = new RunEvents();
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), events);

        Assert.Equal(Enum.GetValues<RunStage>().Where(stage => stage <= RunStage.Evaluate), events.Worked);
        Assert.Equal(Enum.GetValues<RunStage>().Where(stage => stage <= RunStage.Evaluate), result.Seconds.Keys);
        Assert.Empty(result.Skipped);
        Assert.Equal(6, result.Evaluation!.Images);
        Assert.Equal(3, result.Ablation.Count);
        Assert.Equal(result.Evaluation.Instance.At(0.5).Mean, result.Ablation[2].AP50, 12);
        Assert.Equal(result.Evaluation.Semantic.MeanIoU, result.Ablation[2].MeanIoU, 12);
        Assert.InRange(result.Cam!.Metrics.MeanIoU, 0, 1);
        Assert.Equal(1, result.Cam.InterPixelLabels.Background + result.Cam.InterPixelLabels.Foreground + result.Cam.InterPixelLabels.Ignored, 9);

        LabelFolder labels = LabelFolder.Read(Output);
        Assert.Equal(data.Photographs.Select(photograph => photograph.Name), labels.Photographs.Keys);
        foreach (LabelledPhotograph labelled in events.Photographs)
        {
            ImageLabels read = labels.Photographs[labelled.Photograph.Name]();
            Assert.Equal(labelled.Labels.Semantic.Labels, read.Semantic.Labels);
            Assert.Equal(labelled.Labels.Instances.Select(Key), read.Instances.Select(Key));
            Assert.True(File.Exists(Path.Combine(Output, "SegmentationObject", labelled.Photograph.Name + ".png")));
        }
        Assert.Empty(Directory.EnumerateFiles(Output, "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public void The_saved_labeller_gives_the_masks_of_the_run()
    {
        PhotographSet data = ToyData.Tagged(_images, 4);
        LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()).Dispose();
        LabellerModel model = LabellerModel.Load(Path.Combine(Output, "labeller.zip"));
        Assert.Equal(ToyData.Classes, model.Classes);
        Assert.Empty(LabelPass.Execute(data, model, _folder.At("again"), new LabelPassOptions(), new RunEvents()));
        Assert.Equal(FolderBytes.OfLabels(Output), FolderBytes.OfLabels(_folder.At("again")));
    }

    [Fact]
    public void The_metrics_file_has_its_documented_shape()
    {
        PhotographSet data = ToyData.WithMasks(_images, 3);
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents());
        RunMetricsFile.Write(_folder.At("metrics.json"), result, data.Classes);
        JsonElement json = JsonFile.Read(_folder.At("metrics.json"));
        Assert.Equal(3, json.GetProperty("images").GetInt32());
        Assert.InRange(json.GetProperty("semantic").GetProperty("mIoU").GetDouble(), 0, 1);
        Assert.InRange(json.GetProperty("instance").GetProperty("AP50").GetDouble(), 0, 1);
        Assert.InRange(json.GetProperty("instance").GetProperty("perClass").GetProperty("aeroplane").GetDouble(), 0, 1);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("instance").GetProperty("perClass").GetProperty("tvmonitor").ValueKind);
        Assert.InRange(json.GetProperty("coco").GetProperty("AP").GetDouble(), 0, 1);
        foreach (string stage in new[] { "trainCam", "interPixelLabels", "trainIrNet", "meanDisplacement", "label", "evaluate" })
            Assert.True(json.GetProperty("stages").GetProperty(stage).GetProperty("seconds").GetDouble() > 0);
        Assert.Equal(0, json.GetProperty("skipped").GetArrayLength());
    }

    [Fact]
    public void What_is_not_defined_is_null_in_the_metrics_file()
    {
        var quality = new CamQuality(0.1f, new(double.NaN, [double.NaN, 0.5, double.NaN]), new InterPixelQuality(1, 0, 0, 1, double.NaN));
        StateFile.Write(_folder.At("quality.json"), quality);
        using var result = new LabellingRunResult
        {
            CamNetwork = Networks.TinyNetworks.Cam(2),
            IrNetwork = Networks.TinyNetworks.Ir(),
            Cam = StateFile.Read<CamQuality>(_folder.At("quality.json"), _ => true),
            Ablation = [new("CAM alone", double.NaN, 0.5)],
            Seconds = new Dictionary<RunStage, double>(),
            Losses = new Dictionary<RunStage, IReadOnlyList<LossCurve>> { [RunStage.TrainCam] = [new("loss", [1, float.NaN])] },
            Skipped = [new("one", "is broken")],
            Warnings = ["something is odd"],
        };
        RunMetricsFile.Write(_folder.At("metrics.json"), result, ToyData.Classes);
        JsonElement json = JsonFile.Read(_folder.At("metrics.json"));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("cam").GetProperty("mIoU").ValueKind);
        Assert.Equal("[1,null]", JsonNode.Parse(json.GetProperty("losses").GetProperty("trainCam").GetProperty("means").GetProperty("loss").GetRawText())!.ToJsonString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("cam").GetProperty("interPixelLabels").GetProperty("foregroundPrecision").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("ablation")[0].GetProperty("AP50").ValueKind);
        Assert.Equal("is broken", json.GetProperty("skipped")[0].GetProperty("reason").GetString());
        Assert.Equal("something is odd", json.GetProperty("warnings")[0].GetString());
    }

    [Fact]
    public void A_photograph_without_tags_gets_no_mask()
    {
        PhotographSet data = ToyData.Tagged(_images, 3);
        data = data with { Photographs = [data.Photographs[0] with { Tags = [] }, .. data.Photographs.Skip(1)] };
        var events = new RunEvents();
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), events);
        Assert.Empty(result.Skipped);
        Assert.Null(result.Evaluation);
        Assert.Null(result.Cam);
        Assert.Empty(result.Ablation);
        Assert.DoesNotContain(RunStage.Evaluate, events.Worked);
        Assert.Empty(events.Photographs[0].Labels.Instances);
        Assert.All(events.Photographs[0].Labels.Semantic.Labels, label => Assert.Equal(0, label));
        Assert.NotEmpty(events.Photographs.SelectMany(photograph => photograph.Labels.Instances));
    }

    [Fact]
    public void One_photograph_of_one_class_is_enough()
    {
        PhotographSet data = ToyData.Tagged(_images, 1) with { Classes = ["disc"] };
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents());
        Assert.Equal(["toy0"], LabelFolder.Read(Output).Photographs.Keys);
    }

    private static (int, float, string) Key(InstanceLabel instance) => (instance.ClassIndex, instance.Score, instance.Mask.ToCompressedString());

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }
}
