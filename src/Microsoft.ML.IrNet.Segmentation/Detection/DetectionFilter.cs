using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Makes detections of the box branch's outputs (Girshick, ICCV 2015, section 2).</summary>
/// <param name="MinimumScore">Probabilities must be above it.</param>
/// <param name="Overlap">IoU above which the less sure of two boxes of a class is dropped.</param>
/// <param name="Detections">Most detections of an image.</param>
/// <param name="Suppress">How that is done; in C# where null.</param>
internal sealed record DetectionFilter(float MinimumScore, double Overlap, int Detections, Suppression? Suppress = null)
{
    private const float SmallestSide = 1e-2f;

    /// <summary>The detections of an image, the surest first.</summary>
    /// <param name="logits">[proposals, labels], background first.</param>
    /// <param name="codes">[proposals, labels, 4].</param>
    /// <param name="proposals">The regions.</param>
    /// <param name="height">Rows of the image itself.</param>
    /// <param name="width">Columns of the image itself.</param>
    public DetectedRegion[] Choose(ReadOnlySpan<float> logits, ReadOnlySpan<float> codes, IReadOnlyList<BoundingBox> proposals, int height, int width)
    {
        if (proposals.Count == 0)
            return [];
        int labels = logits.Length / proposals.Count;
        var found = new List<DetectedRegion>();
        var probabilities = new float[labels];
        for (int i = 0; i < proposals.Count; i++)
        {
            Softmax(logits.Slice(i * labels, labels), probabilities);
            for (int label = 1; label < labels; label++)
            {
                if (!(probabilities[label] > MinimumScore))
                    continue;
                BoundingBox box = Boxes.Clip(BoxCoder.Refinements.Decode(codes.Slice(4 * (i * labels + label), 4), proposals[i]), height, width);
                if (Boxes.HasSides(box, SmallestSide))
                    found.Add(new DetectedRegion(label, probabilities[label], box));
            }
        }
        int[] kept = NonMaximumSuppression.KeepPerGroup(
            [.. found.Select(region => region.Box)], [.. found.Select(region => region.Score)], [.. found.Select(region => region.Label)], Overlap, Suppress);
        return [.. kept.Take(Detections).Select(i => found[i])];
    }

    private static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float highest = float.NegativeInfinity, sum = 0;
        foreach (float logit in logits)
            highest = Math.Max(highest, logit);
        for (int i = 0; i < logits.Length; i++)
            sum += probabilities[i] = MathF.Exp(logits[i] - highest);
        foreach (ref float probability in probabilities)
            probability /= sum;
    }
}
