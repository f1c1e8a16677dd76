namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>The outcomes of one class in one range of areas, over all photographs.</summary>
internal sealed class CocoTally
{
    private const int RecallPoints = 101;

    // pycocotools adds it so that 0 / 0 is 0.
    private const double MachineEpsilon = 1.0 / (1L << 52);

    /// <summary>Objects that are to be found.</summary>
    public long Positives { get; set; }

    /// <summary>Detections in the order of the photographs.</summary>
    public List<CocoMatch> Matches { get; } = [];

    /// <summary>Precision, made non-increasing and read at recall 0, 0.01, ..., 1, averaged; NaN where there is nothing to be found.</summary>
    public double AveragePrecision(int threshold)
    {
        if (Positives == 0)
            return double.NaN;
        var recalls = new List<double>();
        var precisions = new List<double>();
        long right = 0, wrong = 0;
        foreach (CocoMatch match in Matches.OrderByDescending(match => match.Score))
        {
            if (!Has(match.Ignored, threshold))
                (right, wrong) = Has(match.Matched, threshold) ? (right + 1, wrong) : (right, wrong + 1);
            recalls.Add((double)right / Positives);
            precisions.Add(right / (right + wrong + MachineEpsilon));
        }
        for (int i = precisions.Count - 1; i > 0; i--)
            precisions[i - 1] = Math.Max(precisions[i - 1], precisions[i]);
        double sum = 0;
        for (int point = 0, i = 0; point < RecallPoints; point++)
        {
            while (i < recalls.Count && recalls[i] < point * 0.01)
                i++;
            if (i < recalls.Count)
                sum += precisions[i];
        }
        return sum / RecallPoints;
    }

    /// <summary>The share of objects found with so many detections a photograph; NaN where there is nothing to be found.</summary>
    public double Recall(int threshold, int detections) =>
        (double)Matches.Count(match => match.Rank < detections && Has(match.Matched, threshold) && !Has(match.Ignored, threshold)) / Positives;

    private static bool Has(ushort bits, int threshold) => (bits >> threshold & 1) != 0;
}
