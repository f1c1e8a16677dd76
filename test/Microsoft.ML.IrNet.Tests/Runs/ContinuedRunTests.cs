using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Runs;

/// <summary>The same run again, in the same folder.</summary>
[Collection("torch")]
public sealed class ContinuedRunTests : IDisposable
{
    private static readonly Lazy<SortedDictionary<string, string>> Whole = new(() =>
    {
        using TemporaryFolder folder = new(), images = new();
        return FolderBytes.OfRun(ToyData.WithMasks(images), ToyData.Options(folder.At("out")));
    });

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();

    private string Output => _folder.At("out");

    [Fact]
    public void A_second_run_does_only_the_cheap_stages_again()
    {
        PhotographSet data = ToyData.WithMasks(_images);
        SortedDictionary<string, string> first = FolderBytes.OfRun(data, ToyData.Options(Output));
        var events = new RunEvents();
        using LabellingRunResult result = LabellingRun.Execute(data, ToyData.Options(Output), events);
        Assert.Equal([RunStage.TrainCam, RunStage.InterPixelLabels, RunStage.TrainIrNet, RunStage.MeanDisplacement], events.Reused);
        Assert.Equal([RunStage.Label, RunStage.Evaluate], events.Worked);
        Assert.Equal([RunStage.Label, RunStage.Evaluate], events.Begun);
        Assert.NotNull(result.Cam);
        Assert.All(result.Seconds.Values, seconds => Assert.True(seconds > 0));
        Assert.Equal(first, FolderBytes.OfLabelsAndWeights(Output));
    }

    [Fact]
    public void Changed_options_repeat_their_stage_and_the_later_ones()
    {
        PhotographSet data = ToyData.Tagged(_images, 4);
        LabellingRunOptions options = ToyData.Options(Output);
        LabellingRun.Execute(data, options, new RunEvents()).Dispose();

        options = options with { IrNetTraining = options.IrNetTraining! with { Epochs = 2 } };
        Assert.Equal([RunStage.TrainCam, RunStage.InterPixelLabels], Reused(options));
        options = options with { InterPixelLabels = options.InterPixelLabels with { ForegroundThreshold = 0.4f } };
        Assert.Equal([RunStage.TrainCam], Reused(options));
        options = options with { CamTraining = options.CamTraining! with { Epochs = 2 } };
        Assert.Empty(Reused(options));
        Assert.Equal([RunStage.TrainCam, RunStage.InterPixelLabels, RunStage.TrainIrNet, RunStage.MeanDisplacement], Reused(options with { Labels = options.Labels with { BackgroundThreshold = 0.5f } }));

        List<RunStage> Reused(LabellingRunOptions changed)
        {
            var events = new RunEvents();
            LabellingRun.Execute(data, changed, events).Dispose();
            return events.Reused;
        }
    }

    [Theory]
    [InlineData(RunStage.TrainCam)]
    [InlineData(RunStage.InterPixelLabels)]
    [InlineData(RunStage.TrainIrNet)]
    [InlineData(RunStage.MeanDisplacement)]
    [InlineData(RunStage.Label)]
    [InlineData(RunStage.Evaluate)]
    public void A_cancelled_run_goes_on_and_ends_with_the_same_bytes(RunStage stage)
    {
        PhotographSet data = ToyData.WithMasks(_images);
        CancelIn(stage, data, ToyData.Options(Output));
        var events = new RunEvents();
        LabellingRun.Execute(data, ToyData.Options(Output), events).Dispose();
        Assert.Equal(Enum.GetValues<RunStage>().Where(done => done < stage && done < RunStage.Label), events.Reused);
        Assert.Equal(Whole.Value, FolderBytes.OfLabelsAndWeights(Output));
    }

    [Theory]
    [InlineData(RunStage.TrainCam)]
    [InlineData(RunStage.Label)]
    public void Other_options_than_those_of_a_stopped_run_are_refused_by_name_unless_it_starts_over(RunStage stage)
    {
        PhotographSet data = ToyData.Tagged(_images);
        LabellingRunOptions options = ToyData.Options(Output);
        CancelIn(stage, data, options);
        SortedDictionary<string, string> before = FolderBytes.OfLabelsAndWeights(Output);
        Assert.Equal("CamTraining.LearningRate", Refused(options with { CamTraining = options.CamTraining! with { LearningRate = 0.05 } }));
        Assert.Equal("IrNetTraining.Radius", Refused(options with { IrNetTraining = options.IrNetTraining! with { Radius = 4 } }));
        Assert.Equal("Labels.BackgroundThreshold", Refused(options with { Labels = options.Labels with { BackgroundThreshold = 0.5f } }));
        Assert.Equal("Backbone.BaseWidth", Refused(options with { Backbone = options.Backbone with { BaseWidth = 8 } }));
        Assert.Equal("CamTraining.Seed", Refused(options with { Seed = 4 }));
        Assert.Equal("Photographs", Assert.Throws<OptionException>(() =>
            LabellingRun.Execute(data with { Photographs = [.. data.Photographs.Skip(1)] }, options, new RunEvents())).Subject);
        Assert.Equal(before, FolderBytes.OfLabelsAndWeights(Output));

        LabellingRunOptions other = options with { CamTraining = options.CamTraining! with { LearningRate = 0.05 }, Restart = true };
        Assert.Equal(FolderBytes.OfRun(data, other with { OutputFolder = _folder.At("whole") }), FolderBytes.OfRun(data, other));

        string Refused(LabellingRunOptions changed) => Assert.Throws<OptionException>(() => LabellingRun.Execute(data, changed, new RunEvents())).Subject;
    }

    [Fact]
    public void A_restart_does_everything_again()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()).Dispose();
        var events = new RunEvents();
        LabellingRun.Execute(data, ToyData.Options(Output) with { Restart = true }, events).Dispose();
        Assert.Empty(events.Reused);
    }

    [Fact]
    public void A_folder_in_use_is_refused_and_free_afterwards()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        var refused = new List<OutputException>();
        var events = new RunEvents
        {
            OnAdvanced = (_, _) => refused.Add(Assert.Throws<OutputException>(() => LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()))),
        };
        LabellingRun.Execute(data, ToyData.Options(Output), events).Dispose();
        Assert.NotEmpty(refused);
        Assert.All(refused, error => Assert.Contains($"in use by process {Environment.ProcessId}", error.Message, StringComparison.Ordinal));
        LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()).Dispose();
        Assert.DoesNotContain(Directory.EnumerateFiles(Output), path => path.EndsWith(".lock", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_of_a_newer_version_is_left_alone()
    {
        PhotographSet data = ToyData.Tagged(_images);
        CancelIn(RunStage.TrainCam, data, ToyData.Options(Output));
        string note = Path.Combine(Output, "work", "work.json");
        File.WriteAllText(note, File.ReadAllText(note).Replace("\"Format\": 1", "\"Format\": 2", StringComparison.Ordinal).Replace("\"Program\": \"", "\"Program\": \"9.", StringComparison.Ordinal));
        string message = Assert.Throws<OutputException>(() => LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents())).Message;
        Assert.Contains("version 9.", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Photographs_are_not_labelled_twice()
    {
        PhotographSet data = ToyData.WithMasks(_images, 4);
        CancelIn(RunStage.Label, data, ToyData.Options(Output));
        var events = new RunEvents();
        LabellingRun.Execute(data, ToyData.Options(Output), events).Dispose();
        Assert.InRange(events.Photographs.Count, 1, 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Activation_maps_are_not_computed_twice(bool masks)
    {
        PhotographSet data = masks ? ToyData.WithMasks(_images, 4) : ToyData.Tagged(_images, 4);
        CancelIn(RunStage.InterPixelLabels, data, ToyData.Options(Output));
        string first = Directory.EnumerateFiles(Path.Combine(Output, "work", "interpixel"), "*.png").Single();
        DateTime written = File.GetLastWriteTimeUtc(first);
        LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()).Dispose();
        Assert.Equal(written, File.GetLastWriteTimeUtc(first));
    }

    [Fact]
    public void A_damaged_note_of_a_stage_repeats_it()
    {
        PhotographSet data = ToyData.Tagged(_images, 2);
        LabellingRun.Execute(data, ToyData.Options(Output), new RunEvents()).Dispose();
        File.WriteAllText(Path.Combine(Output, "work", "TrainIrNet.json"), "{ half a no");
        var events = new RunEvents();
        LabellingRun.Execute(data, ToyData.Options(Output), events).Dispose();
        Assert.Equal([RunStage.TrainCam, RunStage.InterPixelLabels], events.Reused);
    }

    [Fact]
    public void A_photograph_that_was_left_out_stays_so_until_its_file_changes()
    {
        PhotographSet data = ToyData.Tagged(_images);
        Photograph bad = data.Photographs[2];
        byte[] whole = File.ReadAllBytes(bad.Path);
        ToyData.Truncate(bad);
        CancelIn(RunStage.TrainIrNet, data, ToyData.Options(Output));

        var events = new RunEvents();
        using (LabellingRunResult again = LabellingRun.Execute(data, ToyData.Options(Output), events))
            Assert.Equal(bad.Name, Assert.Single(again.Skipped).Name);
        Assert.Equal([RunStage.TrainCam, RunStage.InterPixelLabels], events.Reused);
        Assert.Equal(5, events.Photographs.Count);

        File.WriteAllBytes(bad.Path, whole);
        var mended = new RunEvents();
        LabellingRun.Execute(data, ToyData.Options(Output), mended).Dispose();
        Assert.DoesNotContain(RunStage.InterPixelLabels, mended.Reused);
    }

    private static void CancelIn(RunStage stage, PhotographSet data, LabellingRunOptions options)
    {
        using var cancellation = new CancellationTokenSource();
        var events = new RunEvents
        {
            OnAdvanced = (running, _) =>
            {
                if (running == stage)
                    cancellation.Cancel();
            },
        };
        Assert.ThrowsAny<OperationCanceledException>(() => LabellingRun.Execute(data, options, events, cancellation.Token));
        Assert.DoesNotContain(stage, events.Worked);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }
}
