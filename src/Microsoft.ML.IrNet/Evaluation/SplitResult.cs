namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>AP at IoU 0.5 on some of the photographs.</summary>
/// <param name="Images">How many photographs they are.</param>
/// <param name="Precisions">By class, and their mean.</param>
public sealed record SplitResult(int Images, AveragePrecisions Precisions)
{
    /// <summary>Mean over the classes; NaN where there are none.</summary>
    public double AP50 => Precisions.Mean;
}
