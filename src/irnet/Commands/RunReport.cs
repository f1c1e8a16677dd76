using Microsoft.ML.IrNet.Runs;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary>The tables on the screen at the end of a run.</summary>
internal static class RunReport
{
    public static void Print(Screen screen, LabellingRunResult result, IReadOnlyList<string> classes, string outputFolder)
    {
        if (result.Evaluation is { } evaluation)
            MetricsTable.Print(screen, evaluation, classes);
        if (result.Classifier is { } classifier)
            screen.Line($"classifier, on the photographs it learned from: mAP {MetricsTable.Percent(classifier.Metrics.Mean)}");
        if (result.Cam is { } cam)
            screen.Line($"activation maps alone: mIoU {MetricsTable.Percent(cam.Metrics.MeanIoU)} at threshold {cam.Threshold:F2}");
        if (result.Ablation.Count > 0)
        {
            Table table = MetricsTable.NewTable("parts of the method", "AP50", "mIoU");
            foreach (AblationRow row in result.Ablation)
                table.AddRow(Markup.Escape(row.Name), MetricsTable.Percent(row.AP50), MetricsTable.Percent(row.MeanIoU));
            screen.Write(table);
        }
        Table times = MetricsTable.NewTable("stage", "seconds");
        foreach ((RunStage stage, double seconds) in result.Seconds)
            times.AddRow(stage.Title(), $"{seconds:F1}");
        screen.Write(times);
        screen.Line($"masks, labeller.zip and metrics.json are in {outputFolder}");
    }
}
