using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>The regions of an image that the second stage learns from (Girshick, ICCV 2015, section 2.3).</summary>
/// <param name="Boxes">Proposals and, after them, the objects' own boxes, as far as sampled.</param>
/// <param name="Objects">The object each lies on; <see cref="Matcher.Background"/> for none.</param>
/// <param name="Codes">Four for each: the box that its object has; zeros for background.</param>
internal sealed record RegionTargets(BoundingBox[] Boxes, int[] Objects, float[] Codes)
{
    private const double PositiveShare = 0.25;
    private static readonly Matcher Rule = new(0.5f, 0.5f, keepLowQuality: false);

    /// <param name="proposals">Of the first stage.</param>
    /// <param name="truth">The boxes of the image's objects.</param>
    /// <param name="count">Most regions sampled.</param>
    /// <param name="random">Decides which.</param>
    public static RegionTargets Sample(BoundingBox[] proposals, BoundingBox[] truth, int count, RandomStream random)
    {
        BoundingBox[] candidates = [.. proposals, .. truth];
        int[] matches = Rule.Match(truth, candidates);
        int[] sampled = BalancedSampler.Draw(Array.ConvertAll(matches, match => match >= 0 ? 1 : 0), count, PositiveShare, random);
        int[] objects = Array.ConvertAll(sampled, i => matches[i]);
        BoundingBox[] boxes = Array.ConvertAll(sampled, i => candidates[i]);
        float[] codes = new float[4 * boxes.Length];
        for (int i = 0; i < boxes.Length; i++)
            if (objects[i] >= 0)
                BoxCoder.Refinements.Encode(truth[objects[i]], boxes[i], codes.AsSpan(4 * i, 4));
        return new RegionTargets(boxes, objects, codes);
    }
}
