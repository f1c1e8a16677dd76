using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Runs;

[Collection("torch")]
public sealed class BadInputRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    private string Output => _folder.At("out");

    [Fact]
    public void A_truncated_photograph_is_left_out_and_reported_once()
    {
        PhotographSet data = ToyData.WithMasks(_images);
        ToyData.Truncate(data.Photographs[1]);
        var events = new RunEvents();
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), events);
        SkippedPhotograph skipped = Assert.Single(result.Skipped);
        Assert.Equal(data.Photographs[1].Name, skipped.Name);
        Assert.Contains(skipped.Reason, Assert.Single(events.Warnings, warning => warning.Contains("is left out", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Equal(5, result.Evaluation!.Images);
        Assert.DoesNotContain(skipped.Name, LabelFolder.Read(Output).Photographs.Keys);
    }

    [Fact]
    public void A_missing_photograph_is_left_out()
    {
        PhotographSet data = ToyData.Tagged(_images, 4);
        File.Delete(data.Photographs[3].Path);
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents());
        Assert.Equal(data.Photographs[3].Name, Assert.Single(result.Skipped).Name);
    }

    [Fact]
    public void In_strict_mode_a_bad_photograph_ends_the_run()
    {
        PhotographSet data = ToyData.Tagged(_images, 4);
        ToyData.Truncate(data.Photographs[1]);
        var error = Assert.Throws<TrainingException>(() => LabellingRun.Execute(data, ToyData.Options(Output) with { Strict = true }, new RunEvents()));
        Assert.Equal(data.Photographs[1].Name, error.Subject);
    }

    [Fact]
    public void Masks_of_another_size_leave_their_photograph_out()
    {
        PhotographSet data = ToyData.WithMasks(_images, 4).WithTruthOfSecond(new ImageLabels([], new LabelMap(48, 47, new byte[48 * 47])));
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents());
        Assert.Contains("48 x 47", Assert.Single(result.Skipped).Reason, StringComparison.Ordinal);
        Assert.Equal(3, result.Evaluation!.Images);
    }

    [Fact]
    public void Masks_of_unknown_classes_leave_their_photograph_out()
    {
        byte[] labels = new byte[48 * 48];
        labels[7] = 77;
        PhotographSet data = ToyData.WithMasks(_images, 4).WithTruthOfSecond(new ImageLabels([], new LabelMap(48, 48, labels)));
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents());
        Assert.Contains("77", Assert.Single(result.Skipped).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_photograph_that_can_be_read_there_is_no_run()
    {
        PhotographSet data = ToyData.Tagged(_images, 3);
        foreach (Photograph photograph in data.Photographs)
            File.WriteAllText(photograph.Path, "no image");
        var error = Assert.Throws<TrainingException>(() => LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()));
        Assert.Contains("none of the 3 photographs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_data_set_is_an_error()
    {
        var error = Assert.Throws<DataSetException>(() => LabellingRun.Execute(new PhotographSet(ToyData.Classes, []), ToyData.Options(Output), new RunEvents()));
        Assert.Contains("no photographs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_class_there_is_nothing_to_learn()
    {
        PhotographSet data = ToyData.Tagged(_images, 1) with { Classes = [] };
        var error = Assert.Throws<DataSetException>(() => LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()));
        Assert.Contains("0 classes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_another_architecture_are_an_error_before_any_work()
    {
        using var other = new ResNetBackbone(new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 6 });
        string weights = _folder.At("other.safetensors");
        SafeTensors.Write(weights, ModuleWeights.Save(other));
        var events = new RunEvents();
        var error = Assert.Throws<WeightsException>(() =>
            LabellingRun.Execute(ToyData.Tagged(_images, 2), ToyData.Options(Output) with { BackboneWeights = weights }, events));
        Assert.Equal(weights, error.Subject);
        Assert.Contains("misshapen", error.Message, StringComparison.Ordinal);
        Assert.Empty(events.Begun);
    }

    [Fact]
    public void Options_of_late_stages_are_checked_before_any_work()
    {
        LabellingRunOptions options = ToyData.Options(Output);
        var events = new RunEvents();
        var error = Assert.Throws<OptionException>(() => LabellingRun.Execute(
            ToyData.Tagged(_images, 2), options with { IrNetTraining = options.IrNetTraining! with { Radius = 10 } }, events));
        Assert.Equal("Radius", error.Subject);
        Assert.Throws<OptionException>(() => LabellingRun.Execute(ToyData.Tagged(_images, 2), options with { Labels = options.Labels with { CamPower = 0 } }, events));
        Assert.Empty(events.Begun);
    }

    [Fact]
    public void An_output_folder_that_cannot_be_made_is_an_error()
    {
        string file = _folder.Write("file", "");
        var events = new RunEvents();
        Assert.Throws<OutputException>(() => LabellingRun.Execute(ToyData.Tagged(_images, 2), ToyData.Options(Path.Combine(file, "out")), events));
        Assert.Empty(events.Begun);
    }

    [Fact]
    public void A_file_that_cannot_be_written_at_the_end_is_an_error_and_the_work_stays()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        // A folder in the model's place: the rename fails, as on a disk that filled up in the meantime.
        Directory.CreateDirectory(Path.Combine(Output, "labeller.zip", "occupied"));
        var error = Assert.Throws<OutputException>(() => LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()));
        Assert.EndsWith("labeller.zip", error.Subject, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(Output, "labeller.zip"), recursive: true);
        var events = new RunEvents();
        LabellingRun.Execute(data, ToyData.Options(Output), events).Dispose();
        Assert.Equal([RunStage.TrainCam, RunStage.InterPixelLabels, RunStage.TrainIrNet, RunStage.MeanDisplacement], events.Reused);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }
}
