using System.CommandLine;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Runs;

namespace IrNetTool.Commands;

/// <summary><c>irnet predict</c>: masks of any photographs with a trained student.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("predict", "Make masks of photographs with a trained Mask R-CNN or DeepLab.",
            "irnet predict --model maskrcnn.zip --images holiday --out holiday-masks");
        Option<string> model = new Option<string>("--model") { Description = "A model of 'irnet train-student', 'irnet run --student' or mlContext.Model.Save.", Required = true, HelpName = "FILE" }.MustBeFile();
        Option<string> images = new Option<string>("--images") { Description = "A folder of photographs, sub-folders included.", Required = true, HelpName = "PATH" }.MustBeFolder();
        var output = new Option<string>("--out") { Description = "The label folder to write.", Required = true, HelpName = "DIR" };
        var minimumScore = new Option<float?>("--min-score") { Description = "Objects of this score or less are left out. Without it those up to 0.05, or what the model was trained with.", HelpName = "SCORE" };
        Option<bool> strict = StrictOption.Create();
        Option<bool> restart = RestartOption.Create();
        foreach (Option option in new Option[] { model, images, output, minimumScore, strict, restart })
            command.Options.Add(option);
        var device = new DeviceOption(command);
        command.SetJob((parsed, screen, cancellation) =>
        {
            NativeTorch.Require();
            using StudentTransformer student = StudentFile.Load(StudentJob.Context(screen, device.Read(parsed)), parsed.GetRequiredValue(model), parsed.GetValue(minimumScore));
            PhotographSet photographs = TagFolder.LoadImages(parsed.GetRequiredValue(images), student.Classes);
            string folder = parsed.GetRequiredValue(output);
            IReadOnlyCollection<SkippedPhotograph> skipped = screen.Follow(view =>
                StudentPass.Execute(photographs, student, folder, parsed.GetValue(strict), new RunProgress(view), parsed.GetValue(restart), cancellation));
            return PassReport.Print(screen, photographs, skipped, folder);
        });
        return command;
    }
}
