using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>
/// AP^r as VOC instance segmentation is measured (chainercv's eval_instance_segmentation_voc): a prediction counts for the truth it overlaps most,
/// the surer one wins, a second one for the same truth is wrong, and AP is the area under the monotone envelope. Equal scores: the later one comes first.
/// Crowd regions are left out of the truth.
/// </summary>
public sealed class InstanceEvaluator
{
    private readonly float[] _limits;
    private readonly double[] _thresholds;
    private readonly long[] _positives;
    private readonly List<InstanceTally.Prediction>[] _ranked;

    /// <summary>Starts an empty evaluation.</summary>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="thresholds">IoU thresholds, at most 32; none means 0.5, 0.7 and 0.75.</param>
    public InstanceEvaluator(int classes, params double[] thresholds)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentNullException.ThrowIfNull(thresholds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(thresholds.Length, 32, nameof(thresholds));
        _thresholds = thresholds.Length == 0 ? [0.5, 0.7, 0.75] : [.. thresholds];
        // The published evaluation compares in single precision, where an IoU of exactly 7/10 reaches the threshold 0.7.
        _limits = [.. _thresholds.Select(threshold => (float)threshold)];
        _positives = new long[classes];
        _ranked = [.. Enumerable.Range(0, classes).Select(_ => new List<InstanceTally.Prediction>())];
    }

    /// <summary>Counts the instances of one photograph.</summary>
    /// <exception cref="ArgumentException">A class index that is none of the classes, a score that is no number, or masks of different sizes.</exception>
    public void Add(IReadOnlyList<InstanceLabel> truth, IReadOnlyList<InstanceLabel> predictions) => Add(Tally(truth, predictions));

    /// <summary>What a photograph adds.</summary>
    internal InstanceTally Tally(IReadOnlyList<InstanceLabel> truth, IReadOnlyList<InstanceLabel> predictions)
    {
        InstanceChecks.Require(truth, _positives.Length, nameof(truth));
        InstanceChecks.Require(predictions, _positives.Length, nameof(predictions));
        ILookup<int, InstanceLabel> truthOf = truth.Where(instance => !instance.IsCrowd).ToLookup(instance => instance.ClassIndex);
        return new InstanceTally(
            [.. truthOf.SelectMany(objects => objects).Select(instance => instance.ClassIndex)],
            [.. predictions.GroupBy(instance => instance.ClassIndex).SelectMany(found =>
                Match(found.Key, [.. truthOf[found.Key]], found.Reverse().OrderByDescending(instance => instance.Score)))]);
    }

    internal void Add(InstanceTally tally)
    {
        foreach (int positive in tally.Positives)
            _positives[positive]++;
        foreach (InstanceTally.Prediction found in tally.Found)
            _ranked[found.Class].Add(found);
    }

    /// <summary>The average precisions over everything added so far.</summary>
    public InstanceMetrics Compute()
    {
        bool[][][] hits = [.. _ranked.Select(Rank)];
        return new InstanceMetrics([.. _thresholds.Select((threshold, t) =>
        {
            double[] perClass = [.. hits.Select((ofClass, c) => AveragePrecision.UnderEnvelope(ofClass[t], _positives[c]))];
            return new AveragePrecisions(threshold, Means.OfNumbers(perClass), perClass)
            {
                Curves = [.. hits.Select((ofClass, c) => AveragePrecision.Envelope(ofClass[t], _positives[c]))],
            };
        })]);
    }

    private IEnumerable<InstanceTally.Prediction> Match(int classIndex, InstanceLabel[] truth, IEnumerable<InstanceLabel> surestFirst)
    {
        var taken = new uint[truth.Length];
        foreach (InstanceLabel prediction in surestFirst)
        {
            (int best, float bestIoU) = (-1, -1);
            for (int i = 0; i < truth.Length; i++)
                if ((float)RunLengthMask.IntersectionOverUnion(prediction.Mask, truth[i].Mask) is var iou && iou > bestIoU)
                    (best, bestIoU) = (i, iou);
            uint hits = 0;
            for (int t = 0; t < _limits.Length && best >= 0; t++)
                if (bestIoU >= _limits[t])
                    hits |= 1u << t;
            if (best >= 0)
                (hits, taken[best]) = (hits & ~taken[best], taken[best] | hits);
            yield return new InstanceTally.Prediction(classIndex, prediction.Score, hits);
        }
    }

    // [thresholds][predictions], the surest first.
    private bool[][] Rank(List<InstanceTally.Prediction> ranked)
    {
        uint[] surestFirst = [.. Enumerable.Reverse(ranked).OrderByDescending(entry => entry.Score).Select(entry => entry.Hits)];
        return [.. _limits.Select((_, t) => surestFirst.Select(hits => (hits >> t & 1) != 0).ToArray())];
    }
}
