using Microsoft.ML.IrNet.Evaluation;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>How good the class activation maps alone are as semantic maps.</summary>
/// <param name="Threshold">The background threshold, of those tried, with the highest mean IoU.</param>
/// <param name="Metrics">Measured at that threshold.</param>
public sealed record CamQuality(float Threshold, SemanticMetrics Metrics);
