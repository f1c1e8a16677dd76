using Microsoft.ML.IrNet.Evaluation;
using Spectre.Console;

namespace Microsoft.ML.IrNet.Tool.Commands;

/// <summary>Metrics as a table on the console, in percent.</summary>
internal static class MetricsTable
{
    public static void Print(EvaluationReport report, IReadOnlyList<string> classes)
    {
        Table table = NewTable("class", "IoU", "AP50", "AP70", "AP75");
        for (int c = 0; c < classes.Count; c++)
            table.AddRow(
                Markup.Escape(classes[c]),
                Percent(report.Semantic.PerClassIoU[c + 1]),
                Percent(report.Instance.PerClass[0][c]),
                Percent(report.Instance.PerClass[1][c]),
                Percent(report.Instance.PerClass[2][c]));
        table.AddRow("[bold]mean[/]", Percent(report.Semantic.MeanIoU), Percent(report.Instance.MeanAP[0]), Percent(report.Instance.MeanAP[1]), Percent(report.Instance.MeanAP[2]));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"COCO AP {Percent(report.Coco.AP)}  AP50 {Percent(report.Coco.AP50)}  AP75 {Percent(report.Coco.AP75)}");
        AnsiConsole.WriteLine(
            $"AP50 with one instance {Percent(report.Split.OneInstance)}, with several {Percent(report.Split.SeveralInstances)}, where a class repeats {Percent(report.Split.RepeatedClass)}");
    }

    public static Table NewTable(params string[] columns)
    {
        var table = new Table { Border = TableBorder.Simple };
        foreach (string column in columns)
            table.AddColumn(new TableColumn(column) { Alignment = column == columns[0] ? Justify.Left : Justify.Right });
        return table;
    }

    public static string Percent(double share) => double.IsNaN(share) ? "-" : $"{100 * share:F1}";
}
