using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Measures full-resolution class activation maps as semantic maps at a row of background thresholds.</summary>
internal sealed class CamThresholdSweep(int classes)
{
    private static readonly float[] Thresholds = [0.05f, 0.10f, 0.15f, 0.20f, 0.25f, 0.30f, 0.35f, 0.40f, 0.45f, 0.50f];
    private readonly SemanticEvaluator[] _evaluators = [.. Thresholds.Select(_ => new SemanticEvaluator(classes))];

    /// <summary>What a photograph adds.</summary>
    public CamTally Measure(LabelMap truth, ClassActivation activation, LabelMap interPixelLabels)
    {
        int pixels = activation.Height * activation.Width;
        var best = new float[pixels];
        var label = new byte[pixels];
        for (int tag = 0; tag < activation.Tags.Length; tag++)
        {
            ReadOnlySpan<float> map = activation.FullResolution.AsSpan(tag * pixels, pixels);
            for (int p = 0; p < pixels; p++)
                if (map[p] > best[p])
                    (best[p], label[p]) = (map[p], (byte)(activation.Tags[tag] + 1));
        }
        var thresholded = new byte[pixels];
        var maps = new SemanticTally[Thresholds.Length];
        for (int t = 0; t < Thresholds.Length; t++)
        {
            for (int p = 0; p < pixels; p++)
                thresholded[p] = best[p] > Thresholds[t] ? label[p] : (byte)0;
            maps[t] = _evaluators[t].Tally(truth, new LabelMap(activation.Height, activation.Width, thresholded));
        }
        return Count(truth.Labels, interPixelLabels.Labels, maps);
    }

    /// <summary>Whether what was kept on disk of a photograph is what <see cref="Measure"/> gives for so many classes.</summary>
    public static bool IsWhole(CamTally tally, int classes) =>
        tally.Thresholds?.Length == Thresholds.Length && Array.TrueForAll(tally.Thresholds, threshold => threshold?.IsWhole(classes) == true)
        && tally is { Pixels.Length: 3, Judged.Length: 2, Right.Length: 2 } && tally.Pixels.Concat(tally.Judged).Concat(tally.Right).All(count => count is >= 0 and < 1L << 48);

    /// <summary>The best of the thresholds over so many photographs; null where there are none.</summary>
    public CamQuality? Best(IReadOnlyCollection<CamTally> photographs)
    {
        if (photographs.Count == 0)
            return null;
        foreach (CamTally photograph in photographs)
            foreach ((SemanticEvaluator evaluator, SemanticTally tally) in _evaluators.Zip(photograph.Thresholds))
                evaluator.Add(tally);
        SemanticMetrics[] metrics = [.. _evaluators.Select(evaluator => evaluator.Compute())];
        int best = Enumerable.Range(0, metrics.Length).MaxBy(t => double.IsNaN(metrics[t].MeanIoU) ? -1 : metrics[t].MeanIoU);
        return new CamQuality(Thresholds[best], metrics[best], InterPixel(photographs));
    }

    // Void pixels of the truth count in the shares and not in the precision.
    private static CamTally Count(byte[] truth, byte[] mined, SemanticTally[] maps)
    {
        (long[] pixels, long[] judged, long[] right) = (new long[3], new long[2], new long[2]);
        for (int p = 0; p < truth.Length; p++)
        {
            int kind = mined[p] == 0 ? 0 : mined[p] == LabelMap.Void ? 2 : 1;
            pixels[kind]++;
            if (kind == 2 || truth[p] == LabelMap.Void)
                continue;
            judged[kind]++;
            if (truth[p] == mined[p])
                right[kind]++;
        }
        return new CamTally(maps, pixels, judged, right);
    }

    private static InterPixelQuality InterPixel(IReadOnlyCollection<CamTally> photographs)
    {
        double all = photographs.Sum(photograph => photograph.Pixels.Sum());
        return new InterPixelQuality(Share(0), Share(1), Share(2), Precision(0), Precision(1));

        double Share(int kind) => photographs.Sum(photograph => photograph.Pixels[kind]) / all;

        double Precision(int kind) => (double)photographs.Sum(photograph => photograph.Right[kind]) / photographs.Sum(photograph => photograph.Judged[kind]);
    }
}
