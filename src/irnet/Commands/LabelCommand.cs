using System.CommandLine;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Runs;
using Spectre.Console;

namespace IrNetTool.Commands;

/// <summary><c>irnet label</c>: masks for any photographs with a trained model.</summary>
internal static class LabelCommand
{
    public static Command Create()
    {
        var command = new Command("label", "Make masks of photographs with a trained model.");
        var model = new Option<string>("--model") { Description = "A labeller.zip of 'irnet run', 'irnet import' or mlContext.Model.Save.", Required = true, HelpName = "FILE" };
        var images = new Option<string>("--images") { Description = "A folder of photographs, sub-folders included.", Required = true, HelpName = "PATH" };
        var tags = new Option<string?>("--tags") { Description = "What is in each photograph (CSV: path,tags). Without it the model's own predictions serve.", HelpName = "FILE" };
        var output = new Option<string>("--out") { Description = "The label folder to write.", Required = true, HelpName = "DIR" };
        var strict = new Option<bool>("--strict") { Description = "Stop at the first photograph that cannot be read, instead of leaving it out." };
        foreach (Option option in new Option[] { model, images, tags, output, strict })
            command.Options.Add(option);
        var device = new DeviceOption(command);
        HelpExample.Add(command, "irnet label --model out/labeller.zip --images holiday --out holiday-masks");
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetValue(model)!, parsed.GetValue(images)!, parsed.GetValue(tags), parsed.GetValue(output)!,
            new LabelPassOptions { PredictTags = parsed.GetValue(tags) is null, Strict = parsed.GetValue(strict), Device = device.Read(parsed) },
            cancellation)));
        return command;
    }

    private static int Run(string modelPath, string images, string? tags, string output, LabelPassOptions options, CancellationToken cancellation)
    {
        LabellerModel model = LabellerFile.Load(modelPath);
        PhotographSet photographs = tags is null ? TagFolder.LoadImages(images, model.Classes) : TagFolder.Load(images, tags, model.Classes);
        IReadOnlyCollection<SkippedPhotograph> skipped = ProgressDisplay.Follow(observer =>
            LabelPass.Execute(photographs, model, output, options, observer, cancellation));
        AnsiConsole.WriteLine($"{photographs.Photographs.Count - skipped.Count} photographs labelled, {skipped.Count} left out; the masks are in {output}");
        foreach (SkippedPhotograph photograph in skipped)
            AnsiConsole.WriteLine($"left out: {photograph.Name}: {photograph.Reason}");
        return skipped.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
