using Microsoft.ML.IrNet;
using System.CommandLine;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;

namespace IrNetTool.Commands;

/// <summary><c>irnet evaluate</c>: how good a label folder or COCO result file is against drawn masks.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new Command("evaluate", "Measure masks against drawn ones: mIoU, AP^r of VOC, AP of COCO.");
        var labels = new Option<string>("--labels") { Description = "A label folder, or a COCO annotation or result file.", Required = true, HelpName = "DIR|FILE" };
        var json = new Option<string?>("--json") { Description = "Where to write the metrics.", HelpName = "FILE" };
        command.Options.Add(labels);
        var data = new DataOptions(command);
        command.Options.Add(json);
        HelpExample.Add(command, "irnet evaluate --labels out --data VOC2012 --split train --json metrics.json");
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(labels)!, data.Load(parsed), data.InstanceNames(parsed), parsed.GetValue(json), cancellation)));
        return command;
    }

    private static int Run(string labels, PhotographSet data, IReadOnlySet<string>? instanceNames, string? json, CancellationToken cancellation)
    {
        if (!data.HasGroundTruth)
            throw new OptionException("--data", "has no drawn masks to measure against.");
        EvaluationReport report = LabelEvaluation.Evaluate(
            data, LabelFolder.Read(labels, data).LabelsOf(data), new EvaluationOptions { InstanceNames = instanceNames }, cancellationToken: cancellation);
        MetricsTable.Print(report, data.Classes);
        if (json is not null)
            AtomicFile.WriteText(json, report.ToJson(data.Classes));
        return ExitCode.Success;
    }
}
