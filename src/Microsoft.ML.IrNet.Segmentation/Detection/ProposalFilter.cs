using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Chooses the regions of an image that the second stage looks at (Ren et al., NeurIPS 2015, section 3.3).</summary>
/// <param name="BeforeNms">Most anchors of a level that are decoded, the surest first.</param>
/// <param name="Proposals">Most regions of an image.</param>
/// <param name="Overlap">IoU above which, within a level, the less sure of two is dropped.</param>
/// <param name="Suppress">How that is done; in C# where null.</param>
internal sealed record ProposalFilter(int BeforeNms, int Proposals, double Overlap, Suppression? Suppress = null)
{
    private const float SmallestSide = 1e-3f;

    /// <summary>The regions of an image, the surest first.</summary>
    /// <param name="objectness">Logits of the anchors.</param>
    /// <param name="codes">Box codes, four an anchor.</param>
    /// <param name="levels">The anchors of each level, in the order of the logits.</param>
    /// <param name="height">Rows of the image itself.</param>
    /// <param name="width">Columns of the image itself.</param>
    public (BoundingBox[] Boxes, float[] Scores) Choose(ReadOnlySpan<float> objectness, ReadOnlySpan<float> codes, IReadOnlyList<BoundingBox[]> levels, int height, int width)
    {
        var boxes = new List<BoundingBox>();
        var scores = new List<float>();
        var groups = new List<int>();
        int first = 0;
        for (int level = 0; level < levels.Count; first += levels[level].Length, level++)
            foreach (int anchor in ScoreOrder.Descending(objectness.Slice(first, levels[level].Length)).Take(BeforeNms))
            {
                BoundingBox box = Boxes.Clip(BoxCoder.Proposals.Decode(codes.Slice(4 * (first + anchor), 4), levels[level][anchor]), height, width);
                if (!Boxes.HasSides(box, SmallestSide))
                    continue;
                boxes.Add(box);
                scores.Add(Sigmoid(objectness[first + anchor]));
                groups.Add(level);
            }
        int[] kept = NonMaximumSuppression.KeepPerGroup([.. boxes], [.. scores], [.. groups], Overlap, Suppress);
        kept = kept[..Math.Min(kept.Length, Proposals)];
        return (Array.ConvertAll(kept, i => boxes[i]), Array.ConvertAll(kept, i => scores[i]));
    }

    private static float Sigmoid(float logit) => 1 / (1 + MathF.Exp(-logit));
}
