using Microsoft.ML.IrNet.Evaluation;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>How good the class activation maps, and the interpixel labels mined from them, are against drawn masks.</summary>
/// <param name="Threshold">The background threshold, of those tried, with the highest mean IoU.</param>
/// <param name="Metrics">The maps as semantic maps, at that threshold.</param>
/// <param name="InterPixelLabels">Shares and precision of the interpixel labels.</param>
public sealed record CamQuality(float Threshold, SemanticMetrics Metrics, InterPixelQuality InterPixelLabels);
