namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>A point of a precision-recall curve.</summary>
/// <param name="Recall">Found of those to be found, 0..1.</param>
/// <param name="Precision">The best share of right detections at this recall or beyond, 0..1.</param>
public readonly record struct PrecisionRecall(double Recall, double Precision);
