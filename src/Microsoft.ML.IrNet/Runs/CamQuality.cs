using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>How good the class activation maps, and the interpixel labels mined from them, are against drawn masks.</summary>
/// <param name="Threshold">The background threshold, of those tried, with the highest mean IoU.</param>
/// <param name="Metrics">The maps as semantic maps, at that threshold.</param>
/// <param name="InterPixelLabels">Shares and precision of the interpixel labels.</param>
public sealed record CamQuality(float Threshold, SemanticMetrics Metrics, InterPixelQuality InterPixelLabels)
{
    /// <summary>Reads what a run has noted; null where nothing was measured.</summary>
    /// <exception cref="OutputException">The file is missing or damaged.</exception>
    internal static CamQuality? Read(string path, int classes) =>
        StateFile.Read<CamQuality>(path, quality => quality.Metrics?.PerClassIoU?.Count == classes + 1 && quality.InterPixelLabels is not null);
}
