using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Tests.Masks;
using Microsoft.ML.IrNet.Tests.Training;
using Microsoft.ML.IrNet.Training;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>The files in which unfinished work is kept: notes, journals, checkpoints, maps.</summary>
internal sealed class WorkFolderFuzz : FolderFuzz
{
    private const string Work = "work.json", Stage = "TrainCam.json", Classifier = "classifier.json", Quality = "cam-quality.json", Maps = "maps.safetensors",
        Measured = "measured.journal", Scores = "scores.journal", Rows = "rows.journal", Warned = "warned.journal", Labelled = "labelled.journal",
        Checkpoint = "trial.safetensors", Best = "trial-best.safetensors", Losses = "losses.json";

    private const int Classes = 2, Height = 5, Width = 9;

    private readonly ToyImages _images = new(2);
    private readonly TorchSharp.Modules.Linear _network = torch.nn.Linear(3, 2);
    private readonly Sgd _optimiser = new(weightDecay: 0, momentum: 0.9, clip: null);
    private readonly SortedDictionary<string, string> _options = new() { ["Seed"] = "3", ["Classes"] = "[\"a\",\"b\"]" };
    private readonly AblationStudy _ablation = new(new PseudoLabelOptions(), Classes, null, torch.CPU);

    public WorkFolderFuzz()
    {
        _optimiser.Add("weight", (TorchSharp.Modules.Parameter)_network.weight!, 1);
        WriteNotes();
        WriteJournals();
        WriteTensors();
        Seeds = [.. new[] { Work, Stage, Classifier, Quality, Maps, Measured, Scores, Rows, Warned, Labelled, Checkpoint, Best, Losses }.Select(file => new FuzzInput(file, BytesOf(file)))];
    }

    public override IReadOnlyList<FuzzInput> Seeds { get; }

    public override byte[] Mutate(Random random, FuzzInput seed) => Path.GetExtension(seed.Kind) switch
    {
        ".safetensors" => SafeTensorsMutator.Mutate(random, seed.Bytes, seed.Bytes),
        ".journal" => JournalMutator.Mutate(random, seed.Bytes),
        _ => TextMutator.Mutate(random, seed.Bytes, seed.Bytes),
    };

    // Lines are read as text, checked, and parsed: each byte of them is a few times in memory, beside the readers' buffers and tables of a size that depends on the classes alone.
    public override long AllocationBound(int length) => (1 << 18) + 128L * length;

    public override void Dispose()
    {
        _optimiser.Dispose();
        _network.Dispose();
        base.Dispose();
    }

    protected override void ReadFolder(string file)
    {
        string path = Folder.At(file);
        switch (file)
        {
            case Work:
                WorkFolder.RequireFree(Folder.Root, "a trial", _options);
                break;
            case Stage:
                if (new StageLedger(Folder.Root).Find(RunStage.TrainCam) is { } note)
                    Assert.Equal(note.Skipped.Count, note.Skipped.Select(photograph => photograph.Name.Length + photograph.Reason.Length + TimeSpan.FromSeconds(note.Seconds).Ticks).Count());
                break;
            case Classifier:
                ClassifierQuality.Read(path, Classes)?.Warning();
                break;
            case Quality:
                CamQuality.Read(path, Classes)?.Metrics.PerClassIoU.Sum();
                break;
            case Maps:
                ClassActivation activation = ActivationFile.Read(path, Height, Width, Classes);
                activation.With(new BoundaryDisplacement(activation.Rows, activation.Columns, new float[6], new float[12]));
                break;
            case Measured:
                using (var tallies = new TallyJournal<CamTally>(path, tally => CamThresholdSweep.IsWhole(tally, Classes)))
                    new CamThresholdSweep(Classes).Best(tallies.Tallies);
                break;
            case Scores:
                using (var scores = new TallyJournal<float[]>(path, row => row.Length == Classes))
                    scores.Find("a");
                break;
            case Rows:
                using (var rows = new TallyJournal<LabelTally[]>(path, _ablation.IsWhole))
                    new AblationStudy(new PseudoLabelOptions(), Classes, null, torch.CPU).Rows(rows.Tallies);
                break;
            case Warned:
                using (var warned = new TallyJournal<string[]>(path, MapWarnings.AreWhole))
                    Assert.DoesNotContain(null, warned.Tallies.SelectMany(warnings => warnings));
                break;
            case Labelled:
                using (var writer = new LabelFolderWriter(Folder.At("labels"), ["a", "b"], path))
                    writer.Contains("a");
                break;
            case Losses:
                Assert.All(LossFile.Read(path), curve => Assert.NotNull(curve.Values));
                break;
            case Checkpoint:
                NewCheckpoint().Restore(_network, _optimiser, new LossRecorder());
                break;
            default:
                var best = new BestModel(Folder.Root, "trial");
                best.Restore();
                best.Apply(_network);
                break;
        }
    }

    private TrainingCheckpoint NewCheckpoint() => new(Folder.Root, "trial", new CamTrainingOptions(), _images);

    private void WriteNotes()
    {
        StateFile.Write(Folder.At(Work), new WorkNote(FormatVersion.Current, FormatVersion.Program, "a trial", 7, Finished: false, _options));
        StateFile.Write(Folder.At(Stage), new StageNote("ABCDEF", Done: true, 2.5, [new SkippedPhotograph("a", "is truncated"), new SkippedPhotograph("b", "is empty")]));
        StateFile.Write(Folder.At(Classifier), new ClassifierQuality(new ClassificationMetrics(0.5, [0.25, double.NaN]), 0.75));
        LossFile.Write(Folder.At(Losses), [new LossCurve("loss", [2.5f, float.NaN, 1])]);
        StateFile.Write(Folder.At(Quality), new CamQuality(0.15f, new SemanticMetrics(0.5, [0.5, 0.25, double.NaN]), new InterPixelQuality(0.5, 0.25, 0.25, 1, double.NaN)));
    }

    private void WriteJournals()
    {
        var map = new LabelMap(Height, Width, [.. Enumerable.Range(0, Height * Width).Select(i => (byte)(i % 3))]);
        var maps = new ClassActivation(Height, Width, 2, 3, [1], new float[6], new float[Height * Width], new float[Classes]);
        using (var measured = new TallyJournal<CamTally>(Folder.At(Measured), _ => true))
            measured.Add("a", new CamThresholdSweep(Classes).Measure(map, maps, map));
        using (var scores = new TallyJournal<float[]>(Folder.At(Scores), _ => true))
        {
            scores.Add("a", [0.5f, 0.25f]);
            scores.Add("b", [1, 0]);
        }
        InstanceLabel instance = MaskGenerators.Instance(1, 0.5f, RunLengthMask.FromRowMajor(Height, Width, [.. map.Labels.Select(label => (byte)(label == 2 ? 1 : 0))]));
        var labels = new ImageLabels([instance], map);
        LabelTally tally = new LabelMeasurement("row", Classes).Tally(labels, labels, measureInstances: true);
        using (var rows = new TallyJournal<LabelTally[]>(Folder.At(Rows), _ => true))
            rows.Add("a", [tally, tally with { Instances = null }, tally]);
        using (var warned = new TallyJournal<string[]>(Folder.At(Warned), _ => true))
            warned.Add("a", ["a: the map is zero.", "a: the boundary is 0."]);
        using var writer = new LabelFolderWriter(Folder.At("labels"), ["a", "b"], Folder.At(Labelled));
        writer.Add("a", "a.png", Height, Width, labels);
        writer.Add("b/c", "c.png", Height, Width, labels);
    }

    private void WriteTensors()
    {
        ActivationFile.Write(Folder.At(Maps), new ClassActivation(Height, Width, 2, 3, [1], [0, 0.25f, 0.5f, 1, 0, 0], null, [0.25f, 0.5f]));
        Assert.True(_optimiser.TryRestore("weight", [2, 3], new float[6]));
        var losses = new LossRecorder();
        for (int step = 0; step < 12; step++)
            losses.Add([new("loss", step)]);
        NewCheckpoint().Save(_network, _optimiser, losses, steps: 12, unscored: true, buffers: null);
        new BestModel(Folder.Root, "trial").Offer(_network, 0.5);
    }
}
