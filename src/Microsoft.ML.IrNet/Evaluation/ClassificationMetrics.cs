namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Average precision of image-level class scores, in 0..1.</summary>
/// <param name="Mean">Mean of the classes that occur; NaN where none does.</param>
/// <param name="PerClass">By class index; NaN where no photograph has the class.</param>
public sealed record ClassificationMetrics(double Mean, IReadOnlyList<double> PerClass);
