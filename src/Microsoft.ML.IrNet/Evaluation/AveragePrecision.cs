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
        long found = hits.Count(hit => hit);
        double area = 0, envelope = 0;
        // From the last detection to the first: the best precision at this recall or beyond; recall grows only at a hit.
        for (int i = hits.Count - 1; i >= 0; i--)
        {
            envelope = Math.Max(envelope, (double)found / (i + 1));
            if (!hits[i])
                continue;
            area += envelope / positives;
            found--;
        }
        return area;
    }
}
