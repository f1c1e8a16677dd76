using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Rendering;
using Microsoft.ML.IrNet.Seeds;
using Microsoft.ML.IrNet.Training;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>
/// The whole method on one data set: from photographs with tags to a folder of masks and two trained networks
/// (Ahn, Cho, Kwak, CVPR 2019, fig. 2). What a stage made stays in the output folder; the same run again continues from there.
/// </summary>
public sealed class LabellingRun
{
    private readonly PhotographSet _data;
    private readonly LabellingRunOptions _options;
    private readonly IRunObserver _observer;
    private readonly CancellationToken _cancellation;
    private readonly RunFolder _folder;
    private readonly SkipList _skips;
    private readonly StageRunner _stages;
    private readonly PhotographPass _pass;
    private readonly SeedFolder? _seeds;
    private readonly List<string> _warnings = [];
    private readonly Dictionary<RunStage, IReadOnlyList<LossCurve>> _losses = [];

    // A hundred megabytes are read for it.
    private readonly Lazy<string?> _weights;

    private LabellingRun(PhotographSet data, LabellingRunOptions options, IRunObserver observer, CancellationToken cancellation)
    {
        (_data, _options, _observer, _cancellation) = (data, options, observer, cancellation);
        _folder = new RunFolder(options.OutputFolder, new PhotographFiles(data));
        _skips = new SkipList(observer, options.Strict);
        _stages = new StageRunner(_folder.Work, _skips, observer);
        _pass = new PhotographPass(data.Photographs, observer, _skips, cancellation);
        _seeds = options.SeedFolder is { } folder ? new SeedFolder(folder) : null;
        _weights = new(() => RunIdentity.OfFile(options.BackboneWeights));
    }

    /// <summary>
    /// Runs all stages. A run that was stopped in the same output folder goes on where it stood, and ends with the same bytes as one that was never stopped. Where one was
    /// finished there, only the stages that changed options matter to, and all after them, are done again.
    /// </summary>
    /// <param name="data">The photographs and their tags. Drawn masks, where it has any, are used for measurement only.</param>
    /// <param name="options">What to do.</param>
    /// <param name="observer">Told of progress and warnings.</param>
    /// <param name="cancellation">Stops the run; what is done so far stays in the output folder.</param>
    /// <exception cref="OptionException">An option is out of range, or not that of the stopped run in the output folder.</exception>
    /// <exception cref="DataSetException">The data set has no photographs or classes, or, once training is over, no photograph that can be used; in strict mode, one that cannot.</exception>
    /// <exception cref="ImageFileException">In strict mode: a photograph cannot be read.</exception>
    /// <exception cref="TrainingException">No photograph can be read, in strict mode one cannot, or a loss is not finite.</exception>
    /// <exception cref="WeightsException">The backbone's weights cannot be read or do not fit.</exception>
    /// <exception cref="OutputException">The output folder cannot be written, another run is using it, or a newer version wrote it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static LabellingRunResult Execute(
        PhotographSet data, LabellingRunOptions options, IRunObserver observer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        options.Validate();
        RunChecks.Require(data);
        var run = new LabellingRun(data, options, observer, cancellation);
        using WorkFolder work = WorkFolder.Take(options.OutputFolder, run._folder.Work, "a labelling run", run.Identity(), options.Restart);
        LabellingRunResult result = run.Execute();
        work.Finish();
        return result;
    }

    private LabellingRunResult Execute()
    {
        torch.manual_seed(_options.Seed);
        CamNetwork? classifier = null;
        IrNetwork? irNet = null;
        try
        {
            classifier = new CamNetwork(NewBackbone(), _data.Classes.Count, _options.FrozenStages);
            TrainCam(classifier);
            (ClassifierQuality? classifierQuality, CamQuality? camQuality) = MineInterPixelLabels(classifier);
            irNet = new IrNetwork(_options.IrNetOnClassifierBackbone ? BackboneOf(classifier) : NewBackbone());
            TrainIrNet(irNet);
            IReadOnlyList<AblationRow> ablation = Label(irNet);
            new LabellerModel(classifier, irNet, _data.Classes, _options.Labeller).Save(_folder.Model);
            return new LabellingRunResult
            {
                CamNetwork = classifier,
                IrNetwork = irNet,
                Classifier = classifierQuality,
                Cam = camQuality,
                Evaluation = Evaluate(),
                Ablation = ablation,
                Seconds = _stages.Seconds,
                Losses = _losses,
                Skipped = _skips.Photographs,
                Warnings = _warnings,
            };
        }
        catch
        {
            classifier?.Dispose();
            irNet?.Dispose();
            throw;
        }
    }

    private CamTrainingOptions CamTraining => (_options.CamTraining ?? CamTrainingOptions.For(_data.Photographs.Count)) with
    {
        Seed = _options.Seed,
        Device = _options.Device,
        Strict = _options.Strict,
        CheckpointDirectory = _folder.Files(RunStage.TrainCam),
        OnUnreadable = LeaveOut,
    };

    private IrNetTrainingOptions IrNetTraining => (_options.IrNetTraining ?? IrNetTrainingOptions.For(_data.Photographs.Count)) with
    {
        Seed = _options.Seed,
        Device = _options.Device,
        Strict = _options.Strict,
        Canvas = _options.IrNet.Canvas,
        CheckpointDirectory = _folder.Files(RunStage.TrainIrNet),
        OnUnreadable = LeaveOut,
    };

    private void TrainCam(CamNetwork network)
    {
        CamTrainingOptions training = CamTraining;
        Train(RunStage.TrainCam, network, CamIdentity(training), progress =>
            CamTrainer.Train(network, new PhotographImages(_data), training, progress, _cancellation));
    }

    private (ClassifierQuality? Classifier, CamQuality? Cam) MineInterPixelLabels(CamNetwork classifier)
    {
        object identity = new { _options.Cam, _options.InterPixelLabels, Files = RunIdentity.OfFiles(_data.Photographs), Seeds = SeedFiles() };
        _stages.Run(RunStage.InterPixelLabels, identity, begun =>
        {
            if (!begun)
                _folder.Clear(RunStage.InterPixelLabels);
            using var mapper = new ClassActivationMapper(classifier, _options.Cam, _options.Device);
            using var miner = new InterPixelMiner(_folder, mapper, _seeds, _options.InterPixelLabels, _data.Classes.Count);
            _pass.Run(RunStage.InterPixelLabels, Read, miner.Mine, photograph => begun && miner.IsDone(photograph));
            StateFile.Write(_folder.CamQuality, miner.Quality);
            StateFile.Write(_folder.Classifier, miner.Classifier(_data.Photographs));
        });
        ClassifierQuality? quality = ClassifierQuality.Read(_folder.Classifier, _data.Classes.Count);
        if (quality?.Warning() is { } warning)
            Warn(warning);
        return (quality, CamQuality.Read(_folder.CamQuality, _data.Classes.Count));
    }

    private void TrainIrNet(IrNetwork network)
    {
        IrNetTrainingOptions training = IrNetTraining;
        PhotographSet readable = Readable();
        Train(RunStage.TrainIrNet, network, new { Recipe = training.Recipe(), _options.IrNetOnClassifierBackbone }, progress => IrNetTrainer.TrainBranches(
            network, new PhotographImages(readable),
            index => PalettePng.Read(_folder.InterPixelLabels(readable.Photographs[index].Name)), training, progress, _cancellation));
        MeasureMeanDisplacement(network, training);
    }

    private void MeasureMeanDisplacement(IrNetwork network, IrNetTrainingOptions training)
    {
        string file = _folder.Weights(RunStage.MeanDisplacement);
        PhotographSet readable = Readable();
        _stages.Run(RunStage.MeanDisplacement, new { training.MeanDisplacement, training.Canvas }, begun =>
        {
            if (!begun)
                _folder.Clear(RunStage.MeanDisplacement);
            _observer.Started(RunStage.MeanDisplacement, readable.Photographs.Count);
            var progress = new PhotographProgress(_observer, RunStage.MeanDisplacement, readable.Photographs);
            IrNetTrainer.MeasureMeanDisplacement(
                network, new PhotographImages(readable), new LeftOutPhotographs(training), training, _folder.Files(RunStage.MeanDisplacement), progress, _cancellation);
            _cancellation.ThrowIfCancellationRequested();
            using torch.Tensor mean = network.MeanDisplacement.cpu();
            SafeTensors.Write(file, new StateDict([StoredTensor.FromSingle(IrNetwork.MeanDisplacementName, mean.shape, mean.data<float>().ToArray())]));
        });
        if (!ModuleWeights.Load(network, SafeTensors.Read(file)).Loaded.Contains(IrNetwork.MeanDisplacementName))
            throw new WeightsException(file, "has no mean of the displacement field; start over (--restart, Restart).");
        _folder.Clear(RunStage.MeanDisplacement);
    }

    private void Train(RunStage stage, torch.nn.Module network, object identity, Func<StepProgress, TrainingResult> train)
    {
        string weights = _folder.Weights(stage);
        bool trained = false;
        _stages.Run(stage, identity, begun =>
        {
            if (!begun)
                _folder.Clear(stage);
            TrainingResult result = train(new StepProgress(_observer, stage));
            if (result.Cancelled)
                throw new OperationCanceledException(_cancellation);
            LossFile.Write(_folder.Losses(stage), result.Losses);
            SafeTensors.Write(weights, ModuleWeights.Save(network));
            trained = true;
        });
        if (!trained)
            ModuleWeights.Load(network, SafeTensors.Read(weights)).RequireComplete(weights);
        _losses[stage] = LossFile.Read(_folder.Losses(stage));
        _folder.Clear(stage);
    }

    private IReadOnlyList<AblationRow> Label(IrNetwork irNet)
    {
        var ablation = new AblationStudy(_options.Labels, _data.Classes.Count, _options.InstanceNames, _options.Device);
        IReadOnlyList<AblationRow> rows = [];
        _stages.RunAlways(RunStage.Label, new { _options.IrNet, _options.Labels, _options.Ablation, InstanceNames = InstanceNames() }, begun =>
        {
            if (!begun)
                _folder.Clear(RunStage.Label);
            using var mapper = new BoundaryDisplacementMapper(irNet, _options.IrNet, _options.Device);
            using var warned = new TallyJournal<string[]>(_folder.Journal(RunStage.Label, "warned"), MapWarnings.AreWhole);
            using var measured = new TallyJournal<LabelTally[]>(_folder.Journal(RunStage.Label, "measured"), ablation.IsWhole);
            HashSet<string> toMeasure = [.. _data.Photographs.Where(photograph => _options.Ablation && photograph.ReadGroundTruth is not null).Select(photograph => photograph.Name)];
            using var writer = new LabelFolderWriter(
                _folder.Root, _data.Classes, _folder.Journal(RunStage.Label, "labelled"), name => measured.Contains(name) || !toMeasure.Contains(name));
            _pass.Run(RunStage.Label, Read, loaded =>
            {
                BoundaryDisplacement field = mapper.Compute(loaded.Image);
                return () =>
                {
                    (Photograph photograph, RgbImage image, ImageLabels? truth) = loaded;
                    NetworkMaps maps = ActivationFile.Read(_folder.Activation(photograph.Name), image.Height, image.Width, _data.Classes.Count).With(field);
                    ImageLabels labels = PseudoLabeller.Label(maps, _options.Labels, device: _options.Device, photograph: image);
                    if (truth is not null && _options.Ablation)
                        measured.Add(photograph.Name, ablation.Measure(photograph, maps, labels, truth));
                    if (MapWarnings.Of(photograph, maps, _data.Classes) is { Length: > 0 } warnings)
                        warned.Add(photograph.Name, warnings);
                    writer.Add(photograph.Name, Path.GetFileName(photograph.Path), image.Height, image.Width, labels, MapStrip.Draw(maps));
                    return new LabelledPhotograph(photograph, image, maps, labels, truth);
                };
            }, photograph => writer.Contains(photograph.Name));
            writer.Complete();
            foreach (string warning in warned.Tallies.SelectMany(warnings => warnings).Concat(writer.Warnings))
                Warn(warning);
            rows = _data.HasGroundTruth && _options.Ablation ? ablation.Rows(measured.Tallies) : [];
        });
        return rows;
    }

    private LoadedPhotograph Read(Photograph photograph)
    {
        RgbImage image = ImageFile.Read(photograph.Path);
        return new LoadedPhotograph(photograph, image, RunChecks.GroundTruth(photograph, image, _data.Classes.Count));
    }

    private EvaluationReport? Evaluate()
    {
        PhotographSet readable = Readable();
        if (!readable.HasGroundTruth)
            return null;
        EvaluationReport? report = null;
        _stages.Run(RunStage.Evaluate, () =>
        {
            _observer.Started(RunStage.Evaluate, readable.Photographs.Count);
            report = LabelEvaluation.Evaluate(
                readable, LabelFolder.Read(_folder.Root, readable).LabelsOf(readable), new EvaluationOptions { InstanceNames = _options.InstanceNames },
                new PhotographProgress(_observer, RunStage.Evaluate, readable.Photographs), _cancellation);
        });
        return report;
    }

    private ResNetBackbone NewBackbone() =>
        _options.BackboneWeights is { } path ? Filled(WeightFile.Read(path), path) : new ResNetBackbone(_options.Backbone);

    private ResNetBackbone BackboneOf(CamNetwork classifier) => Filled(ModuleWeights.Save(classifier.Backbone), "the trained classifier");

    private ResNetBackbone Filled(StateDict weights, string source)
    {
        var backbone = new ResNetBackbone(_options.Backbone);
        try
        {
            ModuleWeights.Load(backbone, weights).RequireComplete(source);
            return backbone;
        }
        catch
        {
            backbone.Dispose();
            throw;
        }
    }

    private void Warn(string warning)
    {
        _warnings.Add(warning);
        _observer.Warn(warning);
    }

    private void LeaveOut(UnreadablePhotograph photograph) => _skips.Add(new SkippedPhotograph(photograph.Name, photograph.Error.Message));

    private PhotographSet Readable() => _data with { Photographs = [.. _data.Photographs.Where(photograph => !_skips.Contains(photograph))] };

    /// <summary>All that the outcome depends on.</summary>
    private SortedDictionary<string, string> Identity() => NamedOptions.Of(new
    {
        _options.Backbone,
        BackboneWeights = _weights.Value,
        _options.FrozenStages,
        CamTraining = CamTraining.Recipe(),
        _options.Cam,
        _options.InterPixelLabels,
        Seeds = SeedFiles(),
        IrNetTraining = IrNetTraining.Recipe(),
        _options.IrNetOnClassifierBackbone,
        _options.IrNet,
        _options.Labels,
        _options.Ablation,
        InstanceNames = InstanceNames(),
        Device = RunIdentity.Of(_options.Device),
        _data.Classes,
        Photographs = RunIdentity.Of(_data.Photographs),
    });

    private string? SeedFiles() => _seeds is { } seeds ? RunIdentity.OfFiles(_data.Photographs.Select(seeds.PathOf)) : null;

    private string? InstanceNames() => _options.InstanceNames is { } names ? RunIdentity.OfNames(names) : null;

    private object CamIdentity(CamTrainingOptions training) => new
    {
        _options.Backbone,
        Weights = _weights.Value,
        _options.FrozenStages,
        Recipe = training.Recipe(),
        Device = RunIdentity.Of(_options.Device),
        _data.Classes,
        Photographs = RunIdentity.Of(_data.Photographs),
    };
}
