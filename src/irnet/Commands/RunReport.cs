using Microsoft.ML.IrNet;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Runs;
using IrNetTool.Progress;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary>What a run reports at its end: <c>metrics.json</c> and tables on the console.</summary>
internal static class RunReport
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static void Write(LabellingRunResult result, IReadOnlyList<string> classes, string outputFolder)
    {
        JsonObject json = result.Evaluation?.ToJsonObject(classes) ?? [];
        if (result.Cam is { } cam)
            json["cam"] = new JsonObject
            {
                ["mIoU"] = cam.Metrics.MeanIoU,
                ["threshold"] = cam.Threshold,
                ["perClass"] = PerClass(classes, cam.Metrics.PerClassIoU),
                ["interPixelLabels"] = JsonSerializer.SerializeToNode(cam.InterPixelLabels),
            };
        if (result.Ablation.Count > 0)
            json["ablation"] = new JsonArray([.. result.Ablation.Select(row =>
                (JsonNode)new JsonObject { ["parts"] = row.Name, ["AP50"] = row.AP50, ["mIoU"] = row.MeanIoU })]);
        json["stages"] = new JsonObject(result.Seconds.Select(stage =>
            KeyValuePair.Create<string, JsonNode?>(stage.Key.Title(), new JsonObject { ["seconds"] = stage.Value })));
        json["skipped"] = new JsonArray([.. result.Skipped.Select(skipped =>
            (JsonNode)new JsonObject { ["name"] = skipped.Name, ["reason"] = skipped.Reason })]);
        AtomicFile.WriteText(Path.Combine(outputFolder, "metrics.json"), json.ToJsonString(Indented));
    }

    private static JsonObject PerClass(IReadOnlyList<string> classes, IReadOnlyList<double> values) =>
        new(classes.Prepend("background").Zip(values, (name, value) =>
            KeyValuePair.Create<string, JsonNode?>(name, double.IsNaN(value) ? null : value)));

    public static void Print(LabellingRunResult result, IReadOnlyList<string> classes, string outputFolder)
    {
        if (result.Evaluation is { } evaluation)
            MetricsTable.Print(evaluation, classes);
        if (result.Cam is { } cam)
            AnsiConsole.WriteLine($"activation maps alone: mIoU {MetricsTable.Percent(cam.Metrics.MeanIoU)} at threshold {cam.Threshold:F2}");
        if (result.Ablation.Count > 0)
        {
            Table table = MetricsTable.NewTable("parts of the method", "AP50", "mIoU");
            foreach (AblationRow row in result.Ablation)
                table.AddRow(Markup.Escape(row.Name), MetricsTable.Percent(row.AP50), MetricsTable.Percent(row.MeanIoU));
            AnsiConsole.Write(table);
        }
        Table times = MetricsTable.NewTable("stage", "seconds");
        foreach ((RunStage stage, double seconds) in result.Seconds)
            times.AddRow(stage.Title(), $"{seconds:F0}");
        AnsiConsole.Write(times);
        foreach (SkippedPhotograph skipped in result.Skipped)
            AnsiConsole.WriteLine($"left out: {skipped.Name}: {skipped.Reason}");
        AnsiConsole.WriteLine($"masks, labeller.zip and metrics.json are in {outputFolder}");
    }
}
