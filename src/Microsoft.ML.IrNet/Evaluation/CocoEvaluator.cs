using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>
/// COCO's evaluation, equal to pycocotools: photographs are added in ascending order of their ids, instances in the order of the file.
/// Between photographs only a few bytes for each detection are kept.
/// </summary>
public sealed class CocoEvaluator
{
    private const double SmallSide = 32, MediumSide = 96, LargestSide = 1e5;

    // As numpy.linspace computes them: 0.05 steps would differ in the last bit.
    private static readonly double[] Thresholds = [.. Enumerable.Range(0, 10).Select(i => 0.5 + i * ((0.95 - 0.5) / 9))];
    private static readonly (double Smallest, double Largest)[] AreaRanges =
    [
        (0, LargestSide * LargestSide), (0, SmallSide * SmallSide),
        (SmallSide * SmallSide, MediumSide * MediumSide), (MediumSide * MediumSide, LargestSide * LargestSide),
    ];

    private readonly CocoIouKind _kind;
    private readonly CocoTally[][] _tallies;

    /// <summary>Starts an empty evaluation.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="kind">Whether masks or boxes are compared.</param>
    public CocoEvaluator(int classes, CocoIouKind kind)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        _kind = kind;
        _tallies = [.. Enumerable.Range(0, classes).Select(_ => AreaRanges.Select(_ => new CocoTally()).ToArray())];
    }

    /// <summary>Counts the instances of one photograph.</summary>
    /// <exception cref="ArgumentException">A class index that is none of the classes, a score that is no number, or masks of different sizes.</exception>
    public void Add(IReadOnlyList<InstanceLabel> truth, IReadOnlyList<InstanceLabel> predictions)
    {
        InstanceChecks.Require(truth, _tallies.Length, nameof(truth));
        InstanceChecks.Require(predictions, _tallies.Length, nameof(predictions));
        ILookup<int, InstanceLabel> truthOf = truth.ToLookup(instance => instance.ClassIndex);
        ILookup<int, InstanceLabel> predictionsOf = predictions.ToLookup(instance => instance.ClassIndex);
        foreach (int classIndex in truthOf.Select(group => group.Key).Union(predictionsOf.Select(group => group.Key)))
        {
            var matcher = new CocoMatcher(_kind, [.. truthOf[classIndex]], predictionsOf[classIndex]);
            for (int range = 0; range < AreaRanges.Length; range++)
            {
                CocoTally tally = _tallies[classIndex][range];
                tally.Positives += matcher.Match(AreaRanges[range].Smallest, AreaRanges[range].Largest, Thresholds, tally.Matches);
            }
        }
    }

    /// <summary>The twelve numbers over everything added so far.</summary>
    public CocoMetrics Compute()
    {
        const int all = 0, small = 1, medium = 2, large = 3, hundred = CocoMatcher.MaximumDetections, everyThreshold = -1;
        double[][][] precisions = [.. _tallies.Select(ofClass => ofClass.Select(tally =>
            Enumerable.Range(0, Thresholds.Length).Select(tally.AveragePrecision).ToArray()).ToArray())];
        double Precision(int range, int threshold) => Means.OfNumbers(precisions.SelectMany(ofClass =>
            threshold == everyThreshold ? ofClass[range] : [ofClass[range][threshold]]));
        double Recall(int range, int detections) => Means.OfNumbers(_tallies.SelectMany(ofClass =>
            Enumerable.Range(0, Thresholds.Length).Select(t => ofClass[range].Recall(t, detections))));
        return new CocoMetrics(
            Precision(all, everyThreshold), Precision(all, 0), Precision(all, 5),
            Precision(small, everyThreshold), Precision(medium, everyThreshold), Precision(large, everyThreshold),
            Recall(all, 1), Recall(all, 10), Recall(all, hundred), Recall(small, hundred), Recall(medium, hundred), Recall(large, hundred));
    }
}
