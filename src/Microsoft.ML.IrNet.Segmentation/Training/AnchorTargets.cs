using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>The anchors of an image that the first stage learns from (Ren et al., NeurIPS 2015, section 3.1.2).</summary>
/// <param name="Sampled">Indices of anchors, ascending.</param>
/// <param name="Labels">1 where a sampled anchor lies on an object, else 0.</param>
/// <param name="Positive">Indices of the sampled anchors that lie on objects.</param>
/// <param name="Codes">Four for each of those: the box that its object has.</param>
internal sealed record AnchorTargets(int[] Sampled, float[] Labels, int[] Positive, float[] Codes)
{
    private const double PositiveShare = 0.5;
    private static readonly Matcher Rule = new(0.7f, 0.3f, keepLowQuality: true);

    /// <param name="anchors">All of the image.</param>
    /// <param name="truth">The boxes of its objects.</param>
    /// <param name="count">Most anchors sampled.</param>
    /// <param name="random">Decides which.</param>
    public static AnchorTargets Sample(BoundingBox[] anchors, BoundingBox[] truth, int count, RandomStream random)
    {
        int[] matches = Rule.Match(truth, anchors);
        int[] sampled = BalancedSampler.Draw(Array.ConvertAll(matches, match => match switch { Matcher.Background => 0, Matcher.Between => -1, _ => 1 }), count, PositiveShare, random);
        int[] positive = [.. sampled.Where(anchor => matches[anchor] >= 0)];
        float[] codes = new float[4 * positive.Length];
        for (int i = 0; i < positive.Length; i++)
            BoxCoder.Proposals.Encode(truth[matches[positive[i]]], anchors[positive[i]], codes.AsSpan(4 * i, 4));
        return new AnchorTargets(sampled, Array.ConvertAll(sampled, anchor => matches[anchor] >= 0 ? 1f : 0f), positive, codes);
    }
}
