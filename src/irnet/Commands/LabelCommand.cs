using System.CommandLine;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Runs;

namespace IrNetTool.Commands;

/// <summary><c>irnet label</c>: masks for any photographs with a trained model.</summary>
internal static class LabelCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("label", "Make masks of photographs with a trained model.", "irnet label --model out/labeller.zip --images holiday --out holiday-masks");
        Option<string> model = new Option<string>("--model") { Description = "A labeller.zip of 'irnet run', 'irnet import' or mlContext.Model.Save.", Required = true, HelpName = "FILE" }.MustBeFile();
        Option<string> images = new Option<string>("--images") { Description = "A folder of photographs, sub-folders included.", Required = true, HelpName = "PATH" }.MustBeFolder();
        Option<string?> tags = new Option<string?>("--tags") { Description = "What is in each photograph (CSV: path,tags; paths from the folder of the images). Without it the model's own predictions serve.", HelpName = "FILE" }.MustBeFile();
        var output = new Option<string>("--out") { Description = "The label folder to write.", Required = true, HelpName = "DIR" };
        Option<bool> strict = StrictOption.Create();
        Option<bool> restart = RestartOption.Create();
        foreach (Option option in new Option[] { model, images, tags, output, strict, restart })
            command.Options.Add(option);
        var labels = new LabelOptions(command);
        var device = new DeviceOption(command);
        command.SetJob((parsed, screen, cancellation) =>
        {
            NativeTorch.Require();
            var options = new LabelPassOptions
            {
                PredictTags = parsed.GetValue(tags) is null,
                Strict = parsed.GetValue(strict),
                Restart = parsed.GetValue(restart),
                Device = device.Read(parsed),
            };
            LabellerModel labeller = LabellerModel.Load(parsed.GetRequiredValue(model));
            labeller = labeller with { Options = labels.Apply(parsed, labeller.Options) };
            string folder = parsed.GetRequiredValue(images);
            PhotographSet photographs = parsed.GetValue(tags) is { } csv ? TagFolder.Load(folder, csv, labeller.Classes) : TagFolder.LoadImages(folder, labeller.Classes);
            return Run(screen, photographs, labeller, parsed.GetRequiredValue(output), options, cancellation);
        });
        return command;
    }

    private static int Run(Screen screen, PhotographSet photographs, LabellerModel model, string output, LabelPassOptions options, CancellationToken cancellation)
    {
        IReadOnlyCollection<SkippedPhotograph> skipped = screen.Follow(view =>
            LabelPass.Execute(photographs, model, output, options, new RunProgress(view), cancellation));
        return PassReport.Print(screen, photographs, skipped, output);
    }
}
