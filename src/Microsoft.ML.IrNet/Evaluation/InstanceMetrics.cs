namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Average precision of instance masks, AP^r, one entry for each threshold in the order given to the evaluator.</summary>
/// <param name="Thresholds">The results.</param>
public sealed record InstanceMetrics(IReadOnlyList<AveragePrecisions> Thresholds)
{
    /// <summary>The result at an IoU threshold.</summary>
    /// <exception cref="ArgumentException">It was not measured.</exception>
    public AveragePrecisions At(double threshold) =>
        Thresholds.FirstOrDefault(result => result.Threshold == threshold)
        ?? throw new ArgumentException($"AP at IoU {threshold} was not measured.", nameof(threshold));
}
