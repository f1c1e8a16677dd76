using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Draws the candidates that a loss is computed on, so that the many of the background do not outweigh the few of the objects.</summary>
internal static class BalancedSampler
{
    /// <summary>Draws without replacement; every positive is as likely as every other, and so is every negative.</summary>
    /// <param name="labels">For each candidate 1 or more for positive, 0 for negative, below 0 for neither.</param>
    /// <param name="count">How many to draw; fewer where there are not as many.</param>
    /// <param name="positiveShare">The largest share of positives, 0 to 1; what they leave goes to negatives, never the other way round.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>The chosen indices, ascending.</returns>
    public static int[] Draw(ReadOnlySpan<int> labels, int count, double positiveShare, RandomStream random)
    {
        List<int> positives = [], negatives = [];
        for (int i = 0; i < labels.Length; i++)
        {
            if (labels[i] > 0)
                positives.Add(i);
            else if (labels[i] == 0)
                negatives.Add(i);
        }
        int positive = Math.Min(positives.Count, (int)(count * positiveShare));
        int negative = Math.Min(negatives.Count, count - positive);
        int[] drawn = [.. Draw(positives, positive, random), .. Draw(negatives, negative, random)];
        Array.Sort(drawn);
        return drawn;
    }

    /// <summary>The first places of a shuffle.</summary>
    private static List<int> Draw(List<int> candidates, int count, RandomStream random)
    {
        for (int i = 0; i < count; i++)
        {
            int other = i + random.NextBelow(candidates.Count - i);
            (candidates[i], candidates[other]) = (candidates[other], candidates[i]);
        }
        return candidates[..count];
    }
}
