using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Runs;
using IrNetTool.Progress;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary>The tables on the console at the end of a run.</summary>
internal static class RunReport
{
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
