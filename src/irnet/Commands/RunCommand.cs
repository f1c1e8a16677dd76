using System.CommandLine;
using System.Text.Json.Nodes;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Reports;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Runs;
using Microsoft.ML.IrNet.Tuning;

namespace IrNetTool.Commands;

/// <summary><c>irnet run</c>: from tags to masks, the whole method.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("run", "Learn masks from tags: train both networks, label every photograph, measure where there are drawn masks.",
            "irnet run --data VOC2012 --split train --out out --backbone resnet50");
        var data = new DataOptions(command);
        var output = new Option<string>("--out") { Description = "The folder of results; an unfinished run in it goes on.", Required = true, HelpName = "DIR" };
        command.Options.Add(output);
        var training = new TrainingOptions(command);
        var labels = new LabelOptions(command);
        Option<string?> seeds = new Option<string?>("--seeds")
        {
            Description = "A folder of class activation maps of another model, in place of the classifier's: NAME.npy of each photograph, [tags or classes, rows, columns].",
            HelpName = "DIR",
        }.MustBeFolder();
        command.Options.Add(seeds);
        var device = new DeviceOption(command);
        Option<bool> strict = StrictOption.Create();
        command.Options.Add(strict);
        var student = new Option<string?>("--student") { Description = "What learns from the masks in the end: the model is maskrcnn.zip or deeplab.zip.", HelpName = "maskrcnn|deeplab|both" };
        student.AcceptOnlyFromAmong(StudentNames.MaskRcnn, StudentNames.DeepLab, StudentNames.Both);
        Option<int?> iterations = WholeNumber.Optional("--student-iterations", "Optimiser steps of each student. Without it 18,000 for 10,582 photographs, and in proportion, but at least 500.", 1);
        Option<bool> restart = RestartOption.Create();
        command.Options.Add(restart);
        command.Options.Add(student);
        command.Options.Add(iterations);
        command.SetJob(async (parsed, screen, cancellation) =>
        {
            NativeTorch.Require();
            PhotographSet photographs = data.Load(parsed);
            TunedOptions tuned = labels.Read(parsed);
            LabellingRunOptions options = training.Read(parsed, photographs.Photographs.Count, parsed.GetRequiredValue(output)) with
            {
                BackboneWeights = await training.FindWeightsAsync(parsed, screen, cancellation).ConfigureAwait(false),
                InstanceNames = data.InstanceNames(parsed),
                Labels = tuned.Labels,
                InterPixelLabels = tuned.InterPixelLabels,
                SeedFolder = parsed.GetValue(seeds),
                Strict = parsed.GetValue(strict),
                Restart = parsed.GetValue(restart),
                Device = device.Read(parsed),
            };
            string metrics = Path.Combine(options.OutputFolder, "metrics.json");
            LabellingRunResult result = screen.Follow(view => LabellingRun.Execute(photographs, options, new RunProgress(view), cancellation));
            // Its networks are in labeller.zip by now, and students need the memory.
            result.Dispose();
            RunMetricsFile.Write(metrics, result, photographs.Classes);
            RunReport.Print(screen, result, photographs.Classes, options.OutputFolder);
            HashSet<string> skipped = [.. result.Skipped.Select(photograph => photograph.Name)];
            PhotographSet labelled = photographs with { Photographs = [.. photographs.Photographs.Where(photograph => !skipped.Contains(photograph.Name))] };
            int exitCode = PassReport.ListSkipped(screen, result.Skipped);

            var trained = new List<FinishedTraining>();
            var students = new JsonArray();
            foreach (StudentKind kind in StudentNames.Kinds(parsed.GetValue(student)))
            {
                string path = Path.Combine(options.OutputFolder, StudentNames.File(kind));
                trained.Add(Train(screen, kind, labelled, options, path, parsed.GetValue(iterations), cancellation));
                students.Add((JsonNode)StudentJob.ToJsonObject(trained[^1], kind, labelled.Photographs.Count, path));
                RunMetricsFile.Write(metrics, result, photographs.Classes, trained);
            }
            screen.Figures = RunMetricsFile.ToJsonObject(result, photographs.Classes, trained);
            screen.Figures["out"] = options.OutputFolder;
            screen.Figures["students"] = students;
            ReportCommand.Write(
                screen, Path.Combine(options.OutputFolder, ReportCommand.FileName), options.OutputFolder,
                new LabelReportOptions { Data = labelled, InstanceNames = options.InstanceNames }, cancellation);
            return exitCode;
        });
        return command;
    }

    private static FinishedTraining Train(
        Screen screen, StudentKind kind, PhotographSet labelled, LabellingRunOptions options, string path, int? iterations, CancellationToken cancellation)
    {
        var recipe = new StudentRecipe
        {
            Kind = kind,
            Backbone = options.Backbone,
            BackboneWeights = options.BackboneWeights,
            Steps = iterations,
        };
        FinishedTraining training = StudentJob.Run(
            screen, recipe, labelled, options.OutputFolder, path, options.Seed, options.Device, run: options.OutputFolder, options.Restart, cancellation);
        screen.Line($"the trained student is {path}");
        return training;
    }
}
