using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>
/// COCO's matching of one photograph's detections of one class: the surest first, each takes the free object of the highest IoU (the later of equals),
/// objects that count before ignored ones; crowds may be taken again and again.
/// </summary>
internal sealed class CocoMatcher
{
    /// <summary>Detections of a photograph and class beyond these are not looked at.</summary>
    public const int MaximumDetections = 100;

    private readonly CocoIouKind _kind;
    private readonly InstanceLabel[] _truth, _detections;
    private readonly double[] _truthAreas, _detectionAreas;
    private readonly double[,] _ious;

    public CocoMatcher(CocoIouKind kind, InstanceLabel[] truth, IEnumerable<InstanceLabel> predictions)
    {
        _kind = kind;
        _truth = truth;
        _detections = [.. predictions.OrderByDescending(detection => detection.Score).Take(MaximumDetections)];
        _truthAreas = [.. truth.Select(instance => instance.StatedArea ?? instance.Mask.Area)];
        _detectionAreas = [.. _detections.Select(detection => kind == CocoIouKind.Mask ? detection.Mask.Area : CocoBox.Area(detection.Box))];
        _ious = new double[_detections.Length, truth.Length];
        for (int d = 0; d < _detections.Length; d++)
            for (int g = 0; g < truth.Length; g++)
                _ious[d, g] = IntersectionOverUnion(_detections[d], truth[g]);
    }

    /// <summary>Matches under one range of areas, both ends included, and adds the outcomes.</summary>
    /// <returns>How many objects of the range there are to be found.</returns>
    public int Match(double smallest, double largest, ReadOnlySpan<double> thresholds, List<CocoMatch> outcomes)
    {
        bool Outside(double area) => area < smallest || area > largest;
        int[] order = [.. Enumerable.Range(0, _truth.Length).OrderBy(g => _truth[g].IsCrowd || Outside(_truthAreas[g]))];
        int countable = order.Count(g => !_truth[g].IsCrowd && !Outside(_truthAreas[g]));
        var taken = new ushort[_truth.Length];
        for (int d = 0; d < _detections.Length; d++)
        {
            int matched = 0, ignored = 0;
            for (int t = 0; t < thresholds.Length; t++)
            {
                int place = Best(d, thresholds[t], order, countable, taken, 1 << t);
                if (place >= 0)
                {
                    matched |= 1 << t;
                    taken[order[place]] |= (ushort)(1 << t);
                }
                if (place >= countable || (place < 0 && Outside(_detectionAreas[d])))
                    ignored |= 1 << t;
            }
            outcomes.Add(new CocoMatch(_detections[d].Score, (byte)d, (ushort)matched, (ushort)ignored));
        }
        return countable;
    }

    // The place in `order` of the object a detection takes; -1 where it takes none.
    private int Best(int detection, double threshold, int[] order, int countable, ushort[] taken, int bit)
    {
        double limit = Math.Min(threshold, 1 - 1e-10);
        int best = -1;
        for (int place = 0; place < order.Length; place++)
        {
            int g = order[place];
            if ((taken[g] & bit) != 0 && !_truth[g].IsCrowd)
                continue;
            if (place >= countable && best >= 0 && best < countable)
                break;
            if (_ious[detection, g] < limit)
                continue;
            (limit, best) = (_ious[detection, g], place);
        }
        return best;
    }

    private double IntersectionOverUnion(InstanceLabel detection, InstanceLabel truth) => _kind == CocoIouKind.Mask
        ? RunLengthMask.IntersectionOverUnion(detection.Mask, truth.Mask, truth.IsCrowd)
        : CocoBox.IntersectionOverUnion(detection.Box, truth.Box, truth.IsCrowd);
}
