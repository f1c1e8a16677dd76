using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Runs;

namespace QuickStart;

/// <summary>The tables that end the run.</summary>
internal static class Summary
{
    public static IReadOnlyList<SummaryTable> Tables(PhotographSet data, LabellingRunResult result)
    {
        EvaluationReport evaluation = result.Evaluation!;
        AblationRow full = result.Ablation[^1];
        return
        [
            new("What each part of the method adds", ["parts", "AP50"],
                [.. result.Ablation.Select(row => (IReadOnlyList<string>)[row.Name, Percent(row.AP50)])]),
            new("Semantic maps", ["maps", "mIoU"],
                [["CAM alone", Percent(result.Cam!.Metrics.MeanIoU)], ["full method", Percent(full.MeanIoU)]]),
            new("Instances by what an image holds", ["images", "AP50"],
            [
                ["one object", Percent(evaluation.Split.OneInstance.AP50)],
                ["several objects", Percent(evaluation.Split.SeveralInstances.AP50)],
                ["a class repeats", Percent(evaluation.Split.ClassRepeats.AP50)],
            ]),
            new("By class", ["class", "AP50", "IoU"],
                [.. data.Classes.Select((name, n) => (IReadOnlyList<string>)
                    [name, Percent(evaluation.Instance.At(0.5).PerClass[n]), Percent(evaluation.Semantic.PerClassIoU[n + 1])])]),
            new("Time", ["stage", "seconds"],
                [.. result.Seconds.Select(stage => (IReadOnlyList<string>)[stage.Key.Title(), $"{stage.Value:F0}"])]),
        ];
    }

    public static void Print(SummaryTable table)
    {
        Console.WriteLine();
        Console.WriteLine(table.Caption);
        foreach (IReadOnlyList<string> row in table.Rows.Prepend(table.Header))
            Console.WriteLine($"  {row[0],-40}{string.Concat(row.Skip(1).Select(cell => $"{cell,10}"))}");
    }

    private static string Percent(double share) => double.IsNaN(share) ? "-" : $"{100 * share:F1}";
}
