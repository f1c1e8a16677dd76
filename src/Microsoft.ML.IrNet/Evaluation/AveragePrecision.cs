namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>The area under the precision-recall curve after precision is made non-increasing (VOC 2010 and later).</summary>
internal static class AveragePrecision
{
    /// <summary>The average precision of a ranked list.</summary>
    /// <param name="hits">Whether each detection is right, the surest first.</param>
    /// <param name="positives">How many there are to be found.</param>
    /// <returns>0..1; NaN where there is nothing to be found.</returns>
    public static double UnderEnvelope(IReadOnlyList<bool> hits, long positives)
    {
        if (positives == 0)
            return double.NaN;
        double area = 0;
        foreach (PrecisionRecall point in EnvelopeFromEnd(hits, positives))
            area += point.Precision / positives;
        return area;
    }

    /// <summary>The curve itself: a point for each right detection, recall ascending.</summary>
    /// <param name="hits">Whether each detection is right, the surest first.</param>
    /// <param name="positives">How many there are to be found.</param>
    public static IReadOnlyList<PrecisionRecall> Envelope(IReadOnlyList<bool> hits, long positives) =>
        positives == 0 ? [] : [.. EnvelopeFromEnd(hits, positives).Reverse()];

    // From the last detection to the first: recall grows only at a hit.
    private static IEnumerable<PrecisionRecall> EnvelopeFromEnd(IReadOnlyList<bool> hits, long positives)
    {
        long found = hits.Count(hit => hit);
        double envelope = 0;
        for (int i = hits.Count - 1; i >= 0; i--)
        {
            envelope = Math.Max(envelope, (double)found / (i + 1));
            if (hits[i])
                yield return new PrecisionRecall((double)found-- / positives, envelope);
        }
    }
}
