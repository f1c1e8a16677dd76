using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using TorchSharp;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>
/// Finds the thresholds and powers that people otherwise edit by hand, for a data set: each option in turn gets the best of its values while the others stay. By drawn masks on a small set or,
/// without any, by how well masks agree with the colours of the photographs. The networks run once; a trial makes masks of their maps again.
/// </summary>
public sealed class LabelTuning
{
    private readonly IReadOnlyList<TuningSample> _samples;
    private readonly ITuningCriterion _criterion;
    private readonly TuningOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly Dictionary<(TuningTarget, PseudoLabelOptions?, InterPixelLabelOptions?), double> _scores = [];
    private LabelMap?[]? _references;

    private LabelTuning(IReadOnlyList<TuningSample> samples, ITuningCriterion criterion, TuningOptions options, CancellationToken cancellation) =>
        (_samples, _criterion, _options, _cancellation) = (samples, criterion, options, cancellation);

    /// <summary>Tunes.</summary>
    /// <param name="data">The photographs; of those with drawn masks, where there are any and they may be used, else of all, some are drawn.</param>
    /// <param name="model">The trained networks.</param>
    /// <param name="cacheFolder">Where what the networks say is kept; a later call with the same model and photographs reads it from there.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="mapped">Told after each photograph that the networks have seen how many are done.</param>
    /// <param name="tried">Told of each trial.</param>
    /// <param name="cancellation">Stops between photographs and trials; maps stay in the folder.</param>
    /// <exception cref="ArgumentException">The classes are not the model's.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    /// <exception cref="DataSetException">There are no photographs.</exception>
    /// <exception cref="ImageFileException">A photograph cannot be read.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public static TuningResult Run(
        PhotographSet data, LabellerModel model, string cacheFolder, TuningOptions options,
        IProgress<int>? mapped = null, IProgress<TuningTrial>? tried = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(cacheFolder);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (!data.Classes.SequenceEqual(model.Classes))
            throw new ArgumentException($"The classes are {string.Join(", ", data.Classes)}; those of the model are {string.Join(", ", model.Classes)}.", nameof(data));
        bool drawn = data.HasGroundTruth && !options.Unsupervised;
        PhotographSet chosen = Choose(data, options, drawn);
        var samples = new List<TuningSample>();
        using (var maps = new TuningMaps(cacheFolder, chosen, model, options.Device ?? torch.CPU))
            foreach (Photograph photograph in chosen.Photographs)
            {
                cancellation.ThrowIfCancellationRequested();
                samples.Add(maps.Of(photograph));
                mapped?.Report(samples.Count);
            }
        ITuningCriterion criterion = drawn ? new DrawnMaskCriterion(data.Classes.Count, options.InstanceNames) : new CrfAgreementCriterion();
        return new LabelTuning(samples, criterion, options, cancellation).Search(tried);
    }

    /// <summary>The photographs that <see cref="Run"/> would try.</summary>
    public static int Count(PhotographSet data, TuningOptions options)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(options);
        return Choose(data, options, data.HasGroundTruth && !options.Unsupervised).Photographs.Count;
    }

    /// <summary>The value of an option that is tuned, by the name that trials have.</summary>
    /// <exception cref="ArgumentException">It is not tuned.</exception>
    public static double ValueOf(string option, TunedOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TuningParameter parameter = TuningParameter.All.FirstOrDefault(parameter => parameter.Name == option) ?? throw new ArgumentException($"'{option}' is not tuned.", nameof(option));
        return parameter.Get(options);
    }

    private static PhotographSet Choose(PhotographSet data, TuningOptions options, bool drawn)
    {
        Photograph[] candidates = [.. data.Photographs.Where(photograph => !drawn || photograph.ReadGroundTruth is not null)];
        if (candidates.Length == 0)
            throw new DataSetException("the data set", "has no photographs to tune on.");
        new Random(options.Seed).Shuffle(candidates);
        return data with { Photographs = [.. candidates.Take(options.Photographs).OrderBy(photograph => photograph.Name, StringComparer.Ordinal)] };
    }

    private TuningResult Search(IProgress<TuningTrial>? tried)
    {
        TunedOptions best = _options.Start;
        var trials = new List<TuningTrial>();
        for (int round = 0; round < _options.Rounds; round++)
            foreach (TuningParameter parameter in TuningParameter.All.Where(parameter => parameter.Target != TuningTarget.InstanceSplit || _criterion.JudgesInstances))
            {
                // What interpixel labels are held against follows the masks that the options give by now.
                _references = null;
                TunedOptions others = best;
                double current = parameter.Get(others);
                (double Value, double Score)[] scored =
                [
                    .. parameter.Candidates.Append(current).Distinct().Where(value => parameter.Allows(others, value)).Order().Select(value => (value, ScoreOf(parameter.Target, parameter.With(others, value)))),
                ];
                // Where nothing is better, all stays as it is.
                double score = scored.Single(trial => trial.Value == current).Score, chosen = current;
                foreach ((double value, double of) in scored)
                    if (of > score || double.IsNaN(score) && !double.IsNaN(of))
                        (score, chosen) = (of, value);
                best = parameter.With(others, chosen);
                foreach ((double value, double of) in scored)
                {
                    var trial = new TuningTrial(round, parameter.Name, value, of, value == chosen);
                    trials.Add(trial);
                    tried?.Report(trial);
                }
            }
        return new TuningResult(best, _criterion.Description, _samples.Count, ScoreOf(TuningTarget.Both, _options.Start), ScoreOf(TuningTarget.Both, best), trials);
    }

    private double ScoreOf(TuningTarget target, TunedOptions options)
    {
        _cancellation.ThrowIfCancellationRequested();
        bool mining = target == TuningTarget.InterPixelLabels;
        (TuningTarget, PseudoLabelOptions?, InterPixelLabelOptions?) key = (target, options.Labels, mining ? options.InterPixelLabels : null);
        if (!_scores.TryGetValue(key, out double score))
            _scores[key] = score = Measure(target, options);
        return score;
    }

    private double Measure(TuningTarget target, TunedOptions options) => target switch
    {
        TuningTarget.Cam => _criterion.OfSemantic(_samples.Select(sample => (sample, Label(sample, options.Labels with { UseBoundaries = false, UseDisplacement = false }, instances: false).Semantic))),
        TuningTarget.Semantic => _criterion.OfSemantic(_samples.Select(sample => (sample, Label(sample, options.Labels, instances: false).Semantic))),
        TuningTarget.Instances or TuningTarget.InstanceSplit => _criterion.OfInstances(_samples.Select(sample => (sample, Label(sample, options.Labels, semantic: false).Instances))),
        TuningTarget.InterPixelLabels => MineScore(options),
        _ => (ScoreOf(TuningTarget.Semantic, options) + ScoreOf(TuningTarget.Instances, options)) / 2,
    };

    private double MineScore(TunedOptions options)
    {
        _references ??= [.. _samples.Select(sample => _criterion.ReferenceOf(sample, Label(sample, options.Labels, instances: false)))];
        // Background and objects: all pixels that are known, and of them right less wrong ones.
        (long[] known, long[] net) = (new long[2], new long[2]);
        foreach ((TuningSample sample, LabelMap? reference) in _samples.Zip(_references))
        {
            if (reference is null)
                continue;
            byte[] mined = InterPixelLabels.Compute(sample.Image, sample.Cam, sample.Maps.Tags, options.InterPixelLabels).Labels;
            for (int pixel = 0; pixel < mined.Length; pixel++)
                if (reference.Labels[pixel] is not LabelMap.Void and var truth)
                {
                    int kind = truth == 0 ? 0 : 1;
                    known[kind]++;
                    net[kind] += mined[pixel] == LabelMap.Void ? 0 : mined[pixel] == truth ? 1 : -1;
                }
        }
        return known.Zip(net, (all, right) => all == 0 ? double.NaN : (double)right / all).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
    }

    private ImageLabels Label(TuningSample sample, PseudoLabelOptions labels, bool instances = true, bool semantic = true)
    {
        _cancellation.ThrowIfCancellationRequested();
        return PseudoLabeller.Label(sample.Maps, labels, instances, semantic, _options.Device, sample.Image);
    }
}
