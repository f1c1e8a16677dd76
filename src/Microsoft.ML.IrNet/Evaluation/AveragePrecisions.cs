namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Average precision of instance masks at one IoU threshold, in 0..1.</summary>
/// <param name="Threshold">The IoU from which a mask is right.</param>
/// <param name="Mean">Mean of the classes with ground truth; NaN where none has.</param>
/// <param name="PerClass">By class index; NaN where a class has no ground truth.</param>
public sealed record AveragePrecisions(double Threshold, double Mean, IReadOnlyList<double> PerClass)
{
    /// <summary>The precision-recall curve of each class, by class index, recall ascending; empty where nothing of a class is drawn or found.</summary>
    public IReadOnlyList<IReadOnlyList<PrecisionRecall>> Curves { get; init; } = [];
}
