using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>How good the class activation maps, and the interpixel labels mined from them, are against drawn masks.</summary>
/// <param name="Threshold">The background threshold, of those tried, with the highest mean IoU.</param>
/// <param name="Metrics">The maps as semantic maps, at that threshold.</param>
/// <param name="InterPixelLabels">Shares and precision of the interpixel labels.</param>
public sealed record CamQuality(float Threshold, SemanticMetrics Metrics, InterPixelQuality InterPixelLabels)
{
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    internal static CamQuality? Read(string path) => JsonSerializer.Deserialize<CamQuality>(File.ReadAllText(path), Json);

    internal static void Write(string path, CamQuality? quality) => AtomicFile.WriteText(path, JsonSerializer.Serialize(quality, Json));
}
