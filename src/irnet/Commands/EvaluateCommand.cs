using System.CommandLine;
using IrNetTool.Progress;
using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Masks;

namespace IrNetTool.Commands;

/// <summary><c>irnet evaluate</c>: how good a label folder or COCO result file is against drawn masks.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("evaluate", "Measure masks against drawn ones: mIoU, AP^r of VOC, AP of COCO.",
            "irnet evaluate --labels out --data VOC2012 --split train --json metrics.json");
        Option<string> labels = new Option<string>("--labels") { Description = "A label folder, or a COCO annotation or result file.", Required = true, HelpName = "DIR|FILE" }.MustExist();
        command.Options.Add(labels);
        var data = new DataOptions(command);
        command.SetJob((parsed, screen, cancellation) => Run(
            screen, parsed.GetRequiredValue(labels), data.Load(parsed), data.InstanceNames(parsed), cancellation));
        return command;
    }

    private static int Run(Screen screen, string labels, PhotographSet data, IReadOnlySet<string>? instanceNames, CancellationToken cancellation)
    {
        if (!data.HasGroundTruth)
            throw new OptionException("--data", "the data set has no drawn masks to measure against; give one that has, such as a VOC devkit with SegmentationClass.");
        Func<Photograph, ImageLabels?> found = LabelFolder.Read(labels, data).LabelsOf(data);
        EvaluationReport report = screen.Follow(view =>
        {
            view.Begin("evaluate", data.Photographs.Count, "photographs");
            EvaluationReport measured = LabelEvaluation.Evaluate(data, found, new EvaluationOptions { InstanceNames = instanceNames }, new PhotographCount(view, data.Photographs), cancellation);
            view.End("done");
            return measured;
        });
        MetricsTable.Print(screen, report, data.Classes);
        screen.Figures = report.ToJsonObject(data.Classes);
        return ExitCode.Success;
    }
}
