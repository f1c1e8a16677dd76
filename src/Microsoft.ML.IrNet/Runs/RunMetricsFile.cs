using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>The metrics.json of a run: the evaluation of its masks and what the run itself measured. Values in 0..1, null for what is not defined.</summary>
public static class RunMetricsFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes the file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="result">The run.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="students">Those that have learned from the masks; null for none.</param>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, LabellingRunResult result, IReadOnlyList<string> classes, IReadOnlyList<FinishedTraining>? students = null) =>
        AtomicFile.WriteText(path, ToJsonObject(result, classes, students).ToJsonString(Indented));

    /// <summary>The content of the file.</summary>
    /// <param name="result">The run.</param>
    /// <param name="classes">The names of the classes.</param>
    /// <param name="students">Those that have learned from the masks; null for none.</param>
    public static JsonObject ToJsonObject(LabellingRunResult result, IReadOnlyList<string> classes, IReadOnlyList<FinishedTraining>? students = null)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(classes);
        JsonObject json = result.Evaluation?.ToJsonObject(classes) ?? [];
        if (result.Classifier is { } classifier)
            json["classifier"] = new JsonObject { ["mAP"] = Number(classifier.Metrics.Mean), ["AUC"] = Number(classifier.AreaUnderRoc) };
        if (result.Cam is { } cam)
            json["cam"] = new JsonObject
            {
                ["mIoU"] = Number(cam.Metrics.MeanIoU),
                ["threshold"] = cam.Threshold,
                ["perClass"] = new JsonObject(classes.Prepend("background").Zip(
                    cam.Metrics.PerClassIoU, (name, value) => KeyValuePair.Create<string, JsonNode?>(name, Number(value)))),
                ["interPixelLabels"] = InterPixelLabels(cam.InterPixelLabels),
            };
        if (result.Ablation.Count > 0)
            json["ablation"] = new JsonArray([.. result.Ablation.Select(row =>
                (JsonNode)new JsonObject { ["parts"] = row.Name, ["AP50"] = Number(row.AP50), ["mIoU"] = Number(row.MeanIoU) })]);
        students ??= [];
        IEnumerable<KeyValuePair<RunStage, double>> seconds = result.Seconds.Concat(students.Select(student => KeyValuePair.Create(student.Stage, student.Seconds)));
        json["stages"] = new JsonObject(seconds.Select(stage =>
            KeyValuePair.Create<string, JsonNode?>(stage.Key.Key(), new JsonObject { ["seconds"] = Math.Round(stage.Value, 3) })));
        IEnumerable<KeyValuePair<RunStage, IReadOnlyList<LossCurve>>> losses = result.Losses.Concat(students.Select(student => KeyValuePair.Create(student.Stage, student.Losses)));
        json["losses"] = new JsonObject(losses.Select(stage =>
            KeyValuePair.Create<string, JsonNode?>(stage.Key.Key(), Losses(stage.Value))));
        json["skipped"] = new JsonArray([.. result.Skipped.Select(skipped =>
            (JsonNode)new JsonObject { ["name"] = skipped.Name, ["reason"] = skipped.Reason })]);
        json["warnings"] = new JsonArray([.. result.Warnings.Select(warning => (JsonNode)warning)]);
        return json;
    }

    private static JsonObject InterPixelLabels(InterPixelQuality quality) => new()
    {
        ["background"] = Number(quality.Background),
        ["foreground"] = Number(quality.Foreground),
        ["ignored"] = Number(quality.Ignored),
        ["backgroundPrecision"] = Number(quality.BackgroundPrecision),
        ["foregroundPrecision"] = Number(quality.ForegroundPrecision),
    };

    // Means of so many steps each that a curve has at most a hundred points.
    private static JsonObject Losses(IReadOnlyList<LossCurve> curves)
    {
        int steps = curves.Count == 0 ? 0 : curves[0].Values.Count, each = Math.Max(1, (steps + 99) / 100);
        return new JsonObject
        {
            ["steps"] = steps,
            ["stepsEach"] = each,
            ["means"] = new JsonObject(curves.Select(curve => KeyValuePair.Create<string, JsonNode?>(curve.Name, new JsonArray([.. curve.Values.Chunk(each).Select(part =>
                (JsonNode?)Number(Math.Round(part.Where(float.IsFinite).Select(value => (double)value).DefaultIfEmpty(double.NaN).Average(), 5)))])))),
        };
    }

    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;
}
