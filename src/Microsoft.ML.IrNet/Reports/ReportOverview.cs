using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>The upper part of a report: what was labelled, how good it is, what went wrong, how the networks learned, and how long it took.</summary>
internal static class ReportOverview
{
    // A curve of more points looks the same.
    private const int MostPoints = 200;

    public static string Html(ReportSource source, RunNotes notes, ReportIndex index, EvaluationReport evaluation)
    {
        var html = new StringBuilder();
        int masks = index.Found.Cast<int>().Sum(), measured = evaluation.Images;
        html.Append(Paragraph($"{masks:N0} masks of {source.Classes.Count} classes in {source.Photographs.Count:N0} photographs" + (source.Photographs.Count < source.LabelledOf
            ? $"; {source.LabelledOf - source.Photographs.Count:N0} photographs of the data set are not labelled." : ".")));
        html.Append(Paragraph(measured == 0
            ? "There are no drawn masks to compare with: errors and quality cannot be told."
            : $"Compared with drawn masks on {measured:N0} photographs, instances on {evaluation.InstanceImages:N0}. Values are in percent."));
        foreach (string warning in notes.Warnings)
            html.Append(Paragraph($"Warning: {warning}"));
        html.Append("<div class=\"tables\">\n");
        if (measured > 0)
        {
            html.Append(Table("Quality", ["measure", ""], Quality(evaluation)));
            html.Append(Table("What went wrong", ["drawn instances", "", "share"], Errors(index)));
        }
        html.Append(Table("By class", [.. ClassColumns(measured > 0)], [.. source.Classes.Select((name, n) => ClassRow(name, n, index, evaluation))]));
        if (notes.Ablation.ToArray() is { Length: > 0 } ablation)
            html.Append(Table("What each part adds", ["parts of the method", "AP50", "mIoU"], [.. ablation.Select(row => (string[])[row.Parts, Percentage.Of(row.AP50), Percentage.Of(row.MeanIoU)])]));
        if (notes.Stages.ToArray() is { Length: > 0 } stages)
            html.Append(Table("Time", ["stage", "seconds"], [.. stages.Select(stage => (string[])[stage.Stage, stage.Seconds.ToString("F0", CultureInfo.InvariantCulture)])]));
        if (notes.Skipped.ToArray() is { Length: > 0 } skipped)
            html.Append(Table("Left out", ["photograph", "reason"], [.. skipped.Select(photograph => (string[])[photograph.Name, photograph.Reason])]));
        html.Append("</div>\n<div class=\"tables\">\n");
        if (evaluation.InstanceImages > 0)
            html.Append(PrecisionRecallCurves(source.Classes, evaluation.Instance.At(0.5)).Html());
        foreach (var (stage, stepsEach, curves) in notes.Losses.Where(stage => stage.Curves.Any(curve => curve.Values.Any(double.IsFinite))))
            html.Append(Losses(stage, stepsEach, curves).Html());
        return html.Append("</div>").ToString();
    }

    private static IEnumerable<string[]> Quality(EvaluationReport evaluation)
    {
        yield return ["semantic masks, mIoU", Percentage.Of(evaluation.Semantic.MeanIoU)];
        foreach (AveragePrecisions at in evaluation.Instance.Thresholds)
            yield return [string.Create(CultureInfo.InvariantCulture, $"instances, AP at IoU {at.Threshold:F2}"), Percentage.Of(at.Mean)];
        yield return ["instances, AP of COCO", Percentage.Of(evaluation.Coco.AP)];
        yield return [$"AP50 with one instance ({evaluation.Split.OneInstance.Images})", Percentage.Of(evaluation.Split.OneInstance.AP50)];
        yield return [$"AP50 with several ({evaluation.Split.SeveralInstances.Images})", Percentage.Of(evaluation.Split.SeveralInstances.AP50)];
        yield return [$"AP50 where a class repeats ({evaluation.Split.ClassRepeats.Images})", Percentage.Of(evaluation.Split.ClassRepeats.AP50)];
    }

    private static IEnumerable<string[]> Errors(ReportIndex index)
    {
        double all = index.Drawn.Cast<int>().Sum();
        foreach (InstanceError kind in Enum.GetValues<InstanceError>().Where(kind => kind != InstanceError.FalseAlarm))
        {
            int count = Enumerable.Range(0, index.Drawn.GetLength(0)).Sum(c => index.Drawn[c, (int)kind]);
            yield return [kind == InstanceError.None ? "found" : ReportIndex.Title(kind), Count(count), Percentage.Of(count / all)];
        }
        yield return ["false alarms", Count(Enumerable.Range(0, index.Found.GetLength(0)).Sum(c => index.Found[c, (int)InstanceError.FalseAlarm])), ""];
    }

    private static string[] ClassColumns(bool compared) => compared
        ? ["class", "masks", "drawn", "IoU", "AP50", "AP75", .. Enum.GetValues<InstanceError>().Where(kind => kind != InstanceError.None).Select(ReportIndex.Title)]
        : ["class", "masks"];

    private static string[] ClassRow(string name, int c, ReportIndex index, EvaluationReport evaluation)
    {
        InstanceError[] kinds = Enum.GetValues<InstanceError>();
        string masks = Count(kinds.Sum(kind => index.Found[c, (int)kind]));
        if (evaluation.Images == 0)
            return [name, masks];
        return
        [
            name, masks, Count(kinds.Sum(kind => index.Drawn[c, (int)kind])),
            Percentage.Of(evaluation.Semantic.PerClassIoU[c + 1]), Percentage.Of(evaluation.Instance.At(0.5).PerClass[c]), Percentage.Of(evaluation.Instance.At(0.75).PerClass[c]),
            .. kinds.Where(kind => kind != InstanceError.None).Select(kind => Count(kind == InstanceError.FalseAlarm ? index.Found[c, (int)kind] : index.Drawn[c, (int)kind])),
        ];
    }

    private static LineChart PrecisionRecallCurves(IReadOnlyList<string> classes, AveragePrecisions at)
    {
        var chart = new LineChart("Precision over recall at IoU 0.5", "recall", Right: 1, Top: 1, ByClass: true);
        for (int c = 0; c < classes.Count; c++)
            if (at.Curves[c] is { Count: > 0 } curve)
            {
                int each = (curve.Count + MostPoints - 1) / MostPoints;
                chart.Add(classes[c], curve.Where((_, n) => n % each == 0 || n == curve.Count - 1).Select(point => (point.Recall, point.Precision)));
            }
        return chart;
    }

    private static LineChart Losses(string stage, int stepsEach, IReadOnlyList<(string Name, double[] Values)> curves)
    {
        int points = curves.Max(curve => curve.Values.Length);
        double top = curves.Max(curve => curve.Values.Where(double.IsFinite).DefaultIfEmpty(0).Max());
        var chart = new LineChart($"Losses, {stage}", "step", Right: points * stepsEach, Top: top > 0 ? top : 1);
        foreach ((string name, double[] values) in curves)
            chart.Add(name, values.Select((value, n) => ((n + 1.0) * stepsEach, value)));
        return chart;
    }

    private static string Table(string caption, string[] columns, IEnumerable<string[]> rows) => $"<div class=\"scroll\">{HtmlTable.Of(caption, columns, rows)}</div>\n";

    private static string Paragraph(string text) => $"<p>{WebUtility.HtmlEncode(text)}</p>\n";

    private static string Count(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
