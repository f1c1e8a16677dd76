using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>Judges interpixel labels: of the pixels that are known, the share of right less wrong ones, mean of background and objects.</summary>
internal sealed class InterPixelTally
{
    private readonly long[] _known = new long[2];
    private readonly long[] _net = new long[2];

    /// <summary>The score of all photographs so far; NaN where no pixel was known.</summary>
    public double Score => _known.Zip(_net, (all, right) => all == 0 ? double.NaN : (double)right / all).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Counts a photograph.</summary>
    /// <param name="mined">Its interpixel labels.</param>
    /// <param name="reference">What they are held against.</param>
    public void Add(LabelMap mined, LabelMap reference)
    {
        for (int pixel = 0; pixel < mined.Labels.Length; pixel++)
            if (reference.Labels[pixel] is not LabelMap.Void and var truth)
            {
                int kind = truth == 0 ? 0 : 1;
                _known[kind]++;
                _net[kind] += mined.Labels[pixel] == LabelMap.Void ? 0 : mined.Labels[pixel] == truth ? 1 : -1;
            }
    }
}
