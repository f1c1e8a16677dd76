namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>How well semantic maps agree with the truth, in 0..1.</summary>
/// <param name="MeanIoU">Mean of the classes that occur, background included; NaN where none does.</param>
/// <param name="PerClassIoU">classes + 1 values, background first; NaN where a class is neither in the truth nor predicted.</param>
public sealed record SemanticMetrics(double MeanIoU, IReadOnlyList<double> PerClassIoU);
