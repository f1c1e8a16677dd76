using Microsoft.ML.IrNet.Evaluation;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary>Metrics as a table on the screen, in percent.</summary>
internal static class MetricsTable
{
    // APs and ARs, a line each within 80 columns.
    private const int NumbersInLine = 6;

    public static void Print(Screen screen, EvaluationReport report, IReadOnlyList<string> classes)
    {
        Table table = NewTable("class", "IoU", "AP50", "AP70", "AP75");
        AveragePrecisions[] precisions = [report.Instance.At(0.5), report.Instance.At(0.7), report.Instance.At(0.75)];
        table.AddRow(["background", Percent(report.Semantic.PerClassIoU[0]), "", "", ""]);
        for (int c = 0; c < classes.Count; c++)
            table.AddRow([Markup.Escape(classes[c]), Percent(report.Semantic.PerClassIoU[c + 1]), .. precisions.Select(at => Percent(at.PerClass[c]))]);
        table.AddRow(["mean", Percent(report.Semantic.MeanIoU), .. precisions.Select(at => Percent(at.Mean))]);
        screen.Write(table);
        screen.Line($"measured on {report.Images} photographs, instances on {report.InstanceImages}");
        screen.Line($"without drawn masks {report.WithoutGroundTruth}, without labels {report.WithoutLabels.Count}");
        foreach (KeyValuePair<string, double>[] numbers in report.Coco.Numbers.Chunk(NumbersInLine))
            screen.Line($"COCO: {string.Join("  ", numbers.Select(number => $"{number.Key} {Percent(number.Value)}"))}");
        screen.Line("AP50 (and number) of photographs");
        screen.Line($"with one instance {Part(report.Split.OneInstance)}, several {Part(report.Split.SeveralInstances)}, where a class repeats {Part(report.Split.ClassRepeats)}");
    }

    public static Table NewTable(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column) { Alignment = column == columns[0] ? Justify.Left : Justify.Right, NoWrap = column != columns[0] });
        return table;
    }

    public static string Percent(double share) => double.IsNaN(share) ? "-" : $"{100 * share:F1}";

    private static string Part(SplitResult part) => $"{Percent(part.AP50)} ({part.Images})";
}
