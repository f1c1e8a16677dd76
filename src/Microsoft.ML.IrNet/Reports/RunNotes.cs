using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Runs;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>What a run has written about itself into the metrics.json of its label folder; all parts may be missing.</summary>
internal sealed class RunNotes
{
    private readonly JsonObject _json;

    private RunNotes(JsonObject json) => _json = json;

    /// <summary>Seconds of each stage.</summary>
    public IEnumerable<(string Stage, double Seconds)> Stages =>
        Members("stages").Select(stage => (RunStageTitles.TitleOfKey(stage.Key), (stage.Value as JsonObject)?["seconds"]?.GetValue<double>() ?? double.NaN));

    /// <summary>What each part of the method adds.</summary>
    public IEnumerable<(string Parts, double AP50, double MeanIoU)> Ablation =>
        Elements("ablation").OfType<JsonObject>().Select(row => ((string?)row["parts"] ?? "", Number(row["AP50"]), Number(row["mIoU"])));

    /// <summary>Losses of each training: how many steps a value is the mean of, and the values by the loss's name.</summary>
    public IEnumerable<(string Stage, int StepsEach, IReadOnlyList<(string Name, double[] Values)> Curves)> Losses =>
        Members("losses").Where(stage => stage.Value is JsonObject).Select(stage => (
            RunStageTitles.TitleOfKey(stage.Key),
            stage.Value!["stepsEach"]?.GetValue<int>() ?? 1,
            (IReadOnlyList<(string, double[])>)[.. (stage.Value["means"] as JsonObject ?? []).Select(curve => (curve.Key, (curve.Value as JsonArray ?? []).Select(Number).ToArray()))]));

    /// <summary>What gives reason to doubt the masks.</summary>
    public IEnumerable<string> Warnings => Elements("warnings").Select(warning => (string?)warning ?? "");

    /// <summary>Photographs that were left out, and why.</summary>
    public IEnumerable<(string Name, string Reason)> Skipped =>
        Elements("skipped").OfType<JsonObject>().Select(skipped => ((string?)skipped["name"] ?? "", (string?)skipped["reason"] ?? ""));

    /// <summary>Reads the metrics.json of a label folder; without one all is empty.</summary>
    /// <exception cref="DataSetException">It is damaged.</exception>
    public static RunNotes Find(string labels)
    {
        string path = Path.Combine(labels, "metrics.json");
        if (!File.Exists(path))
            return new RunNotes([]);
        try
        {
            var notes = new RunNotes(JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException("It is no object."));
            // A part of another form shows now, not in the middle of a page.
            _ = (notes.Stages.Count(), notes.Ablation.Count(), notes.Losses.Sum(stage => stage.Curves.Count), notes.Warnings.Count(), notes.Skipped.Count());
            return notes;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(path, $"is not what a run writes ({error.Message}); remove it, and the report does without.", error);
        }
    }

    private IEnumerable<KeyValuePair<string, JsonNode?>> Members(string name) => _json[name] as JsonObject ?? [];

    private IEnumerable<JsonNode?> Elements(string name) => _json[name] as JsonArray ?? [];

    private static double Number(JsonNode? node) => node?.GetValue<double>() ?? double.NaN;
}
