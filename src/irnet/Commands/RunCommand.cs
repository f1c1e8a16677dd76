using Microsoft.ML.IrNet;
using System.CommandLine;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Runs;
using IrNetTool.Progress;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary><c>irnet run</c>: from tags to masks, the whole method.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var command = new Command("run", "Learn masks from tags: train both networks, label every photograph, measure where there are drawn masks.");
        var data = new DataOptions(command);
        var output = new Option<DirectoryInfo>("--out") { Description = "The folder of results; an unfinished run in it goes on.", Required = true, HelpName = "DIR" };
        command.Options.Add(output);
        var training = new TrainingOptions(command);
        var device = new DeviceOption(command);
        var strict = new Option<bool>("--strict") { Description = "Stop at the first photograph that cannot be read, instead of leaving it out." };
        command.Options.Add(strict);
        HelpExample.Add(command, "irnet run --data VOC2012 --split train --out out --backbone resnet50");
        command.SetAction(async (parsed, cancellation) =>
        {
            PhotographSet photographs = data.Load(parsed);
            LabellingRunOptions options = await training.ReadAsync(parsed, device.Read(parsed), parsed.GetValue(output)!.FullName, cancellation).ConfigureAwait(false);
            return Run(photographs, options with { Strict = parsed.GetValue(strict), InstanceNames = data.InstanceNames(parsed) }, cancellation);
        });
        return command;
    }

    private static int Run(PhotographSet data, LabellingRunOptions options, CancellationToken cancellation)
    {
        if (options.BackboneWeights is null)
            AnsiConsole.MarkupLine("[yellow]warning:[/] the backbone starts from random weights; a few hundred photographs do not train a large one. Give --backbone-weights.");
        using LabellingRunResult result = ProgressDisplay.Follow(observer => LabellingRun.Execute(data, options, observer, cancellation));
        RunMetricsFile.Write(Path.Combine(options.OutputFolder, "metrics.json"), result, data.Classes);
        RunReport.Print(result, data.Classes, options.OutputFolder);
        return result.Skipped.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
