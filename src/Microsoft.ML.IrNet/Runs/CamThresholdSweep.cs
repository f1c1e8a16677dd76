using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Measures full-resolution class activation maps as semantic maps at a row of background thresholds.</summary>
internal sealed class CamThresholdSweep(int classes)
{
    private static readonly float[] Thresholds = [0.05f, 0.10f, 0.15f, 0.20f, 0.25f, 0.30f, 0.35f, 0.40f, 0.45f, 0.50f];
    private readonly SemanticEvaluator[] _evaluators = [.. Thresholds.Select(_ => new SemanticEvaluator(classes))];

    // By kind: background, foreground, ignored.
    private readonly long[] _pixels = new long[3];
    private readonly long[] _judged = new long[2];
    private readonly long[] _right = new long[2];
    private bool _measured;

    public void Add(LabelMap truth, ClassActivation activation, LabelMap interPixelLabels)
    {
        _measured = true;
        Count(truth.Labels, interPixelLabels.Labels);
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
        for (int t = 0; t < Thresholds.Length; t++)
        {
            for (int p = 0; p < pixels; p++)
                thresholded[p] = best[p] > Thresholds[t] ? label[p] : (byte)0;
            _evaluators[t].Add(truth, new LabelMap(activation.Height, activation.Width, thresholded));
        }
    }

    /// <summary>The best of the thresholds; null where nothing was measured.</summary>
    public CamQuality? Best()
    {
        if (!_measured)
            return null;
        SemanticMetrics[] metrics = [.. _evaluators.Select(evaluator => evaluator.Compute())];
        int best = Enumerable.Range(0, metrics.Length).MaxBy(t => double.IsNaN(metrics[t].MeanIoU) ? -1 : metrics[t].MeanIoU);
        return new CamQuality(Thresholds[best], metrics[best], InterPixel());
    }

    // Void pixels of the truth count in the shares and not in the precision.
    private void Count(byte[] truth, byte[] mined)
    {
        for (int p = 0; p < truth.Length; p++)
        {
            int kind = mined[p] == 0 ? 0 : mined[p] == LabelMap.Void ? 2 : 1;
            _pixels[kind]++;
            if (kind == 2 || truth[p] == LabelMap.Void)
                continue;
            _judged[kind]++;
            if (truth[p] == mined[p])
                _right[kind]++;
        }
    }

    private InterPixelQuality InterPixel()
    {
        double all = _pixels.Sum();
        return new InterPixelQuality(
            _pixels[0] / all, _pixels[1] / all, _pixels[2] / all, (double)_right[0] / _judged[0], (double)_right[1] / _judged[1]);
    }
}
