namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>AP at IoU 0.5 on some of the photographs.</summary>
/// <param name="Images">How many photographs they are.</param>
/// <param name="AP50">Mean over the classes; NaN where there are none.</param>
public sealed record SplitResult(int Images, double AP50);
