using System.CommandLine;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Runs;

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
        var device = new DeviceOption(command);
        Option<bool> strict = StrictOption.Create();
        command.Options.Add(strict);
        command.SetJob(async (parsed, screen, cancellation) =>
        {
            NativeTorch.Require();
            PhotographSet photographs = data.Load(parsed);
            LabellingRunOptions options = training.Read(parsed, photographs.Photographs.Count, parsed.GetRequiredValue(output)) with
            {
                BackboneWeights = await training.FindWeightsAsync(parsed, screen, cancellation).ConfigureAwait(false),
                InstanceNames = data.InstanceNames(parsed),
                Strict = parsed.GetValue(strict),
                Device = device.Read(parsed),
            };
            return Run(screen, photographs, options, cancellation);
        });
        return command;
    }

    private static int Run(Screen screen, PhotographSet data, LabellingRunOptions options, CancellationToken cancellation)
    {
        using LabellingRunResult result = screen.Follow(view => LabellingRun.Execute(data, options, new RunProgress(view), cancellation));
        RunMetricsFile.Write(Path.Combine(options.OutputFolder, "metrics.json"), result, data.Classes);
        RunReport.Print(screen, result, data.Classes, options.OutputFolder);
        return screen.ListSkipped(result.Skipped);
    }
}
