using System.Diagnostics;
using Microsoft.ML.IrNet.Data;
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
        _folder = new RunFolder(options.OutputFolder);
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
        CamNetwork classifier = new(NewBackbone(), _data.Classes.Count);
        TrainCam(classifier);
        CamQuality? camQuality = MineInterPixelLabels(classifier);
        IrNetwork irNet = new(IrNetBackbone(classifier));
        TrainIrNet(irNet);
        (EvaluationReport? evaluation, IReadOnlyList<AblationRow> ablation) = Label(irNet);
        return new LabellingRunResult
        {
            CamNetwork = classifier,
            IrNetwork = irNet,
            Cam = camQuality,
            Evaluation = evaluation,
            Ablation = ablation,
            Seconds = _seconds,
            Skipped = _skips.Photographs,
        };
    }
