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
                TunedOptions others = best;
                double current = parameter.Get(others);
                double[] values = [.. parameter.Candidates.Append(current).Distinct().Where(value => parameter.Allows(others, value)).Order()];
                (double Value, double Score)[] scored = [.. values.Zip(ScoresOf(parameter.Target, [.. values.Select(value => parameter.With(others, value))]))];
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
        return new TuningResult(best, _criterion.Description, _samples.Count, ScoresOf(TuningTarget.Both, [_options.Start])[0], ScoresOf(TuningTarget.Both, [best])[0], trials);
    }

    private double[] ScoresOf(TuningTarget target, TunedOptions[] options)
    {
        if (target == TuningTarget.Both)
            return [.. ScoresOf(TuningTarget.Semantic, options).Zip(ScoresOf(TuningTarget.Instances, options), (semantic, instances) => (semantic + instances) / 2)];
        TunedOptions[] missing = [.. options.DistinctBy(Key).Where(each => !_scores.ContainsKey(Key(each)))];
        foreach ((TunedOptions each, double score) in missing.Zip(target == TuningTarget.InterPixelLabels ? MeasureMining(missing) : MeasureMasks(target, missing)))
            _scores[Key(each)] = score;
        return [.. options.Select(each => _scores[Key(each)])];

        (TuningTarget, PseudoLabelOptions, InterPixelLabelOptions?) Key(TunedOptions each) => (target, each.Labels, target == TuningTarget.InterPixelLabels ? each.InterPixelLabels : null);
    }

    private double[] MeasureMasks(TuningTarget target, TunedOptions[] options)
    {
        bool semantic = target is TuningTarget.Cam or TuningTarget.Semantic;
        ITuningTally[] tallies = [.. options.Select(_ => semantic ? _criterion.Semantic() : _criterion.Instances())];
        PseudoLabelOptions[] labels = [.. options.Select(each => target == TuningTarget.Cam ? each.Labels with { UseBoundaries = false, UseDisplacement = false } : each.Labels)];
        // Values of a threshold share a walk.
        int[][] alike = [.. Enumerable.Range(0, labels.Length).GroupBy(n => PseudoLabeller.WithoutThresholds(labels[n])).Select(group => group.ToArray())];
        foreach (TuningSample sample in _samples)
            foreach (int[] group in alike)
                foreach ((int n, ImageLabels found) in group.Zip(Label(sample, [.. group.Select(n => labels[n])], !semantic, semantic)))
                    tallies[n].Add(sample, found);
        return [.. tallies.Select(tally => tally.Score)];
    }

    private double[] MeasureMining(TunedOptions[] options)
    {
        InterPixelTally[] tallies = [.. options.Select(_ => new InterPixelTally())];
        foreach (TuningSample sample in options.Length == 0 ? [] : _samples)
        {
            // What interpixel labels are held against follows the masks that the options give by now, which are the same for all.
            LabelMap? reference = _criterion.ReferenceOf(sample, () => Label(sample, [options[0].Labels], instances: false, semantic: true)[0].Semantic);
            if (reference is null)
                continue;
            _cancellation.ThrowIfCancellationRequested();
            foreach ((InterPixelTally tally, LabelMap mined) in tallies.Zip(
                InterPixelLabels.Sweep(sample.Image, sample.Cam, sample.Maps.Tags, [.. options.Select(each => each.InterPixelLabels)])))
                tally.Add(mined, reference);
        }
        return [.. tallies.Select(tally => tally.Score)];
    }

    private ImageLabels[] Label(TuningSample sample, PseudoLabelOptions[] labels, bool instances, bool semantic)
    {
        _cancellation.ThrowIfCancellationRequested();
        torch.Device? walk = PseudoLabeller.TensorWalk(_options.Device);
        return PseudoLabeller.Sweep(sample.Maps, labels, instances, semantic, walk, sample.Image, instances ? sample.CentroidsAfter(labels[0].CentroidIterations) : null);
    }
}
