using System.Diagnostics;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
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
    private readonly StageLedger _ledger;
    private readonly SkipList _skips;
    private readonly Dictionary<RunStage, double> _seconds = [];

    private LabellingRun(PhotographSet data, LabellingRunOptions options, IRunObserver observer, CancellationToken cancellation)
    {
        (_data, _options, _observer, _cancellation) = (data, options, observer, cancellation);
        _folder = new RunFolder(options.OutputFolder, new PhotographFiles(data));
        _ledger = new StageLedger(_folder.Work);
        _skips = new SkipList(observer, options.Strict);
    }

    /// <summary>Runs all stages.</summary>
    /// <param name="data">The photographs and their tags. Drawn masks, where it has any, are used for measurement only.</param>
    /// <param name="options">What to do.</param>
    /// <param name="observer">Told of progress and warnings.</param>
    /// <param name="cancellation">Stops the run; what is done so far stays in the output folder.</param>
    /// <exception cref="DataSetException">The data set has no photograph that can be read.</exception>
    /// <exception cref="WeightsException">The backbone's weights cannot be read or do not fit.</exception>
    /// <exception cref="OutputException">The output folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static LabellingRunResult Execute(
        PhotographSet data, LabellingRunOptions options, IRunObserver observer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        return new LabellingRun(data, options, observer, cancellation).Execute();
    }

    private LabellingRunResult Execute()
    {
        torch.manual_seed(_options.Seed);
        CamNetwork classifier = TrainCam();
        CamQuality? camQuality = MineInterPixelLabels(classifier);
        IrNetwork irNet = TrainIrNet(classifier);
        IReadOnlyList<AblationRow> ablation = Label(irNet);
        LabellerFile.Save(Path.Combine(_options.OutputFolder, "labeller.zip"), classifier, irNet, _data.Classes, new LabellerOptions
        {
            Cam = new CamTransformerOptions { Maps = _options.Cam },
            IrNet = new IrNetTransformerOptions { Maps = _options.IrNet },
            Instances = new InstancePseudoLabelOptions { Labels = _options.Labels },
            Semantic = new SemanticPseudoLabelOptions { Labels = _options.Labels },
        });
        return new LabellingRunResult
        {
            CamNetwork = classifier,
            IrNetwork = irNet,
            Cam = camQuality,
            Evaluation = Evaluate(),
            Ablation = ablation,
            Seconds = _seconds,
            Skipped = _skips.Photographs,
        };
    }

    private CamNetwork TrainCam()
    {
        var network = new CamNetwork(NewBackbone(), _data.Classes.Count, _options.FrozenStages);
        CamTrainingOptions training = _options.CamTraining with
        {
            Seed = _options.Seed,
            Device = _options.Device,
            Strict = _options.Strict,
            CheckpointDirectory = _folder.CamCheckpoint,
        };
        if (_ledger.IsDone(RunStage.TrainCam, CamIdentity(training)))
        {
            ModuleWeights.Load(network, SafeTensors.Read(_folder.CamWeights)).RequireComplete(_folder.CamWeights);
            Reuse(RunStage.TrainCam);
            return network;
        }
        Measure(RunStage.TrainCam, () =>
        {
            var progress = new StepProgress(_observer, RunStage.TrainCam);
            Finish(CamTrainer.Train(network, Images(), training, progress, _cancellation));
            SafeTensors.Write(_folder.CamWeights, ModuleWeights.Save(network));
        });
        return network;
    }

    private CamQuality? MineInterPixelLabels(CamNetwork classifier)
    {
        bool done = _ledger.IsDone(RunStage.InterPixelLabels, new { _options.Cam, _options.InterPixelLabels });
        if (done)
        {
            Reuse(RunStage.InterPixelLabels);
            return CamQuality.Read(_folder.CamQuality);
        }
        var sweep = new CamThresholdSweep(_data.Classes.Count);
        using var mapper = new ClassActivationMapper(classifier, _options.Cam, _options.Device);
        Measure(RunStage.InterPixelLabels, () => ForEach(RunStage.InterPixelLabels, photograph =>
        {
            RgbImage image = ImageFile.Read(photograph.Path);
            ClassActivation activation = mapper.Compute(image, photograph.Tags, fullResolution: true);
            LabelMap labels = InterPixelLabels.Compute(image, activation.FullResolution!, activation.Tags, _options.InterPixelLabels);
            ActivationFile.Write(_folder.Activation(photograph.Name), activation);
            PalettePng.Write(_folder.InterPixelLabels(photograph.Name), labels);
            if (photograph.ReadGroundTruth is { } read)
                sweep.Add(read().Semantic, activation, labels);
        }));
        CamQuality? quality = sweep.Best();
        CamQuality.Write(_folder.CamQuality, quality);
        return quality;
    }

    private IrNetwork TrainIrNet(CamNetwork classifier)
    {
        var network = new IrNetwork(_options.IrNetOnClassifierBackbone ? BackboneOf(classifier) : NewBackbone());
        IrNetTrainingOptions training = _options.IrNetTraining with
        {
            Seed = _options.Seed,
            Device = _options.Device,
            Strict = _options.Strict,
            Canvas = _options.IrNet.Canvas,
            CheckpointDirectory = _folder.IrNetCheckpoint,
        };
        if (_ledger.IsDone(RunStage.TrainIrNet, new { Recipe = training.Recipe(), _options.IrNetOnClassifierBackbone, _options.IrNet }))
        {
            ModuleWeights.Load(network, SafeTensors.Read(_folder.IrNetWeights)).RequireComplete(_folder.IrNetWeights);
            Reuse(RunStage.TrainIrNet);
            return network;
        }
        PhotographSet readable = Readable();
        Measure(RunStage.TrainIrNet, () =>
        {
            var progress = new StepProgress(_observer, RunStage.TrainIrNet);
            Finish(IrNetTrainer.Train(
                network, new PhotographImages(readable),
                index => PalettePng.Read(_folder.InterPixelLabels(readable.Photographs[index].Name)), training, progress, _cancellation));
            SafeTensors.Write(_folder.IrNetWeights, ModuleWeights.Save(network));
        });
        return network;
    }

    private IReadOnlyList<AblationRow> Label(IrNetwork irNet)
    {
        using var mapper = new BoundaryDisplacementMapper(irNet, _options.IrNet, _options.Device);
        using var writer = new LabelFolderWriter(_options.OutputFolder, _data.Classes);
        LabelMeasurement[] ablation = Ablation();
        Measure(RunStage.Label, () =>
        {
            ForEach(RunStage.Label, photograph =>
            {
                RgbImage image = ImageFile.Read(photograph.Path);
                NetworkMaps maps = ActivationFile.Read(_folder.Activation(photograph.Name)).With(mapper.Compute(image));
                ImageLabels labels = PseudoLabeller.Label(maps, _options.Labels);
                ImageLabels? truth = photograph.ReadGroundTruth?.Invoke();
                writer.Add(photograph.Name, Path.GetFileName(photograph.Path), image.Height, image.Width, labels);
                if (truth is not null)
                    Parallel.ForEach(ablation, row => row.Add(maps, truth, _options.InstanceNames?.Contains(photograph.Name) ?? true));
                _observer.Labelled(new LabelledPhotograph(photograph, image, maps, labels, truth));
            });
            writer.Complete();
        });
        foreach (string warning in writer.Warnings)
            _observer.Warn(warning);
        return [.. ablation.Select(row => row.Row())];
    }

    private EvaluationReport? Evaluate()
    {
        if (!_data.HasGroundTruth)
            return null;
        PhotographSet readable = Readable();
        return LabelEvaluation.Evaluate(
            readable, LabelFolder.Read(_options.OutputFolder, readable).LabelsOf(readable),
            new EvaluationOptions { InstanceNames = _options.InstanceNames }, cancellationToken: _cancellation);
    }

    private LabelMeasurement[] Ablation() => _data.HasGroundTruth && _options.Ablation
        ?
        [
            new("CAM alone", _options.Labels with { UseBoundaries = false, UseDisplacement = false }, _data.Classes.Count),
            new("+ class boundaries", _options.Labels with { UseDisplacement = false }, _data.Classes.Count),
            new("+ displacement field", _options.Labels, _data.Classes.Count),
        ]
        : [];

    private ResNetBackbone NewBackbone()
    {
        var backbone = new ResNetBackbone(_options.Backbone);
        if (_options.BackboneWeights is { } path)
            ModuleWeights.Load(backbone, WeightFile.Read(path)).RequireComplete(path);
        return backbone;
    }

    private ResNetBackbone BackboneOf(CamNetwork classifier)
    {
        var backbone = new ResNetBackbone(_options.Backbone);
        ModuleWeights.Load(backbone, ModuleWeights.Save(classifier.Backbone)).RequireComplete("the trained classifier");
        return backbone;
    }

    private PhotographImages Images() => new(Readable());

    private PhotographSet Readable() => _data with { Photographs = [.. _data.Photographs.Where(photograph => !_skips.Contains(photograph))] };

    private object CamIdentity(CamTrainingOptions training) => new
    {
        _options.Backbone,
        Weights = _options.BackboneWeights is { } path ? new { path, new FileInfo(path).Length } : null,
        _options.FrozenStages,
        Recipe = training.Recipe(),
        _data.Classes,
        Photographs = _data.Photographs.Select(photograph => new { photograph.Name, photograph.Tags }),
    };

    private void ForEach(RunStage stage, Action<Photograph> work) =>
        PhotographPass.ForEach(stage, _data.Photographs, _observer, _skips, work, _cancellation);

    private void Finish(TrainingResult result)
    {
        foreach (UnreadablePhotograph photograph in result.Unreadable)
            _skips.Add(photograph.Name, photograph.Error.Message);
        if (result.Cancelled)
            throw new OperationCanceledException(_cancellation);
    }

    private void Measure(RunStage stage, Action work)
    {
        _ledger.Begin(stage);
        var watch = Stopwatch.StartNew();
        work();
        _seconds[stage] = watch.Elapsed.TotalSeconds;
        _ledger.Complete(stage, watch.Elapsed.TotalSeconds);
        _observer.Finished(stage, watch.Elapsed, reused: false);
    }

    private void Reuse(RunStage stage)
    {
        double seconds = _ledger.SecondsOf(stage);
        _seconds[stage] = seconds;
        _observer.Started(stage, 1);
        _observer.Finished(stage, TimeSpan.FromSeconds(seconds), reused: true);
    }
}
