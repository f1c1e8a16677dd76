using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Trials;
using Microsoft.ML.IrNet.Tuning;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Tuning;

/// <summary>The networks have random weights. What is drawn is what they give at other thresholds than the published ones, so that these are there to be found.</summary>
[Collection("torch")]
public sealed class LabelTuningTests : IDisposable
{
    private static readonly string[] Classes = ["a", "b"];
    private static readonly PseudoLabelOptions Hidden = new() { BackgroundThreshold = 0.5f, SemanticBackgroundThreshold = 0.4f, CamPower = 2 };

    private readonly TemporaryFolder _folder = new();
    private readonly CamNetwork _cam;
    private readonly IrNetwork _irNet;

    public LabelTuningTests()
    {
        // Not all random networks give masks that depend on the thresholds.
        torch.manual_seed(3);
        (_cam, _irNet) = (TinyPipeline.CamNetwork(), TinyPipeline.IrNetwork());
    }

    private LabellerModel Model => new(_cam, _irNet, Classes, new LabellerOptions { Cam = new() { Maps = new CamOptions { Scales = [1] } }, IrNet = new() { Maps = new() { Canvas = 64 } } });

    public void Dispose()
    {
        _folder.Dispose();
        _cam.Dispose();
        _irNet.Dispose();
    }

    [Fact]
    public void Options_that_gave_the_drawn_masks_are_better_than_the_published_ones()
    {
        Resources before = Resources.Now();
        TuningResult result = Tune(Data(drawn: true));
        Assert.True(result.After > result.Before + 0.01, $"{result.Before} {result.After}");
        Assert.True(result.After > 0.9, $"{result.After}");
        Assert.Equal(4, result.Photographs);
        // Each option has one best value in each round, and it is that of the options in the end.
        Assert.All(result.Trials.GroupBy(trial => (trial.Round, trial.Option)), trials => Assert.Single(trials, trial => trial.Chosen));
        foreach (TuningTrial last in result.Trials.Where(trial => trial is { Round: 1, Chosen: true }))
            Assert.Equal(last.Value, LabelTuning.ValueOf(last.Option, result.Options));
        Assert.Equal(before.Tensors, Resources.Now().Tensors);
    }

    [Fact]
    public void The_best_of_an_options_values_is_chosen()
    {
        foreach (IGrouping<(int, string), TuningTrial> trials in Tune(Data(drawn: true)).Trials.GroupBy(trial => (trial.Round, trial.Option)))
            Assert.Equal(trials.Where(trial => !double.IsNaN(trial.Score)).Max(trial => trial.Score), trials.Single(trial => trial.Chosen).Score);
    }

    [Fact]
    public void Without_drawn_masks_the_instance_split_is_left_alone()
    {
        TuningResult result = Tune(Data(drawn: false));
        Assert.DoesNotContain(result.Trials, trial => trial.Option == "Labels.CentroidDistance");
        Assert.Contains("no drawn masks", result.Criterion, StringComparison.Ordinal);
        Assert.True(result.After >= result.Before);
        Assert.All(result.Trials, trial => Assert.InRange(trial.Score, -1, 1));
    }

    [Fact]
    public void Drawn_masks_may_be_left_unused() =>
        Assert.Equal(Tune(Data(drawn: false)).Options, Tune(Data(drawn: true), new TuningOptions { Rounds = 1, Unsupervised = true }).Options);

    [Fact]
    public void Maps_are_computed_once()
    {
        PhotographSet data = Data(drawn: true);
        TuningResult first = Tune(data);
        Dictionary<string, DateTime> written = Directory.GetFiles(_folder.At("maps"), "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc);
        Assert.Equal(4, written.Count);
        TuningResult second = Tune(data);
        Assert.Equal(written, Directory.GetFiles(_folder.At("maps"), "*", SearchOption.AllDirectories).ToDictionary(path => path, File.GetLastWriteTimeUtc));
        Assert.Equal(first.Trials, second.Trials);
    }

    [Fact]
    public void Cancelling_keeps_the_maps()
    {
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => LabelTuning.Run(Data(drawn: true), Model, _folder.At("maps"), new TuningOptions(), tried: new Stop(cancel), cancellation: cancel.Token));
        Assert.Equal(4, Directory.GetFiles(_folder.At("maps"), "*", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public void Few_photographs_are_drawn_by_the_seed()
    {
        Assert.Equal(2, Tune(Data(drawn: true), new TuningOptions { Photographs = 2, Rounds = 1 }).Photographs);
        Assert.Equal(4, LabelTuning.Count(Data(drawn: true), new TuningOptions()));
    }

    [Theory]
    [InlineData(0, 1, "Photographs")]
    [InlineData(1, 0, "Rounds")]
    public void Options_out_of_range_are_named(int photographs, int rounds, string option) =>
        Assert.Equal(option, Assert.Throws<OptionException>(() => Tune(Data(drawn: true), new TuningOptions { Photographs = photographs, Rounds = rounds })).Subject);

    [Fact]
    public void Another_models_classes_are_refused() => Assert.Throws<ArgumentException>("data", () => Tune(Data(drawn: true) with { Classes = ["a", "c"] }));

    [Fact]
    public void Trials_are_a_table()
    {
        new TuningResult(new TunedOptions(), "", 1, 0, 1, [new TuningTrial(0, "Labels.CamPower", 1.5, 0.25, true)]).SaveTrials(_folder.At("trials.csv"));
        Assert.Equal("round,option,value,score,chosen\n0,Labels.CamPower,1.5,0.25000,1\n", File.ReadAllText(_folder.At("trials.csv")));
    }

    private TuningResult Tune(PhotographSet data, TuningOptions? options = null) => LabelTuning.Run(data, Model, _folder.At("maps"), options ?? new TuningOptions { Rounds = data.HasGroundTruth ? 2 : 1 });

    private PhotographSet Data(bool drawn)
    {
        var photographs = new List<Photograph>();
        using var cams = new ClassActivationMapper(_cam, Model.Options.Cam.Maps);
        using var fields = new BoundaryDisplacementMapper(_irNet, Model.Options.IrNet.Maps);
        for (int i = 0; i < 4; i++)
        {
            RgbImage image = TinyPipeline.Photograph(i);
            string path = _folder.At("images", $"{i}.png");
            PngFile.Write(path, image);
            ClassActivation cam = cams.Compute(image, [i % 2]);
            BoundaryDisplacement field = fields.Compute(image);
            var maps = new NetworkMaps(image.Height, image.Width, cam.Rows, cam.Columns, cam.Tags, cam.Cam, field.Boundary, field.Displacement);
            ImageLabels labels = PseudoLabeller.Label(maps, Hidden);
            ImageLabels truth = labels with { Instances = [.. labels.Instances.Where(instance => instance.Score > 0).Select(instance => instance with { Score = 1 })] };
            photographs.Add(new Photograph($"{i}", path, [i % 2]) { ReadGroundTruth = drawn ? () => truth : null });
        }
        return new PhotographSet(Classes, photographs);
    }

    private sealed class Stop(CancellationTokenSource source) : IProgress<TuningTrial>
    {
        public void Report(TuningTrial value) => source.Cancel();
    }
}
