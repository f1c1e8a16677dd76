using System.CommandLine;
using Microsoft.ML.IrNet.Export;

namespace IrNetTool.Commands;

/// <summary><c>irnet convert</c>: a label folder of labels in the format of another tool.</summary>
internal static class ConvertCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("convert", "Make a label folder of labels in the format of another tool.", "irnet convert --from cvat --labels annotations.xml --out corrected");
        var format = new FormatOption(command, "--from", "The format of the labels.");
        Option<string> labels = new Option<string>("--labels") { Description = "The labels: the folder that 'irnet export' writes for the format; for coco, yolo and cvat also its JSON, YAML or XML file.", Required = true, HelpName = "PATH" }.MustExist();
        var output = new Option<string>("--out") { Description = "The label folder to write.", Required = true, HelpName = "DIR" };
        Option<string?> images = new Option<string?>("--images") { Description = "The folder of the photographs, sub-folders included. yolo needs it where the labels come without them; elsewhere sizes are checked against it.", HelpName = "PATH" }.MustBeFolder();
        var split = new Option<string?>("--split") { Description = "Which list of coco, voc or yolo. Without it the only one there is, else train.", HelpName = "NAME" };
        foreach (Option option in new Option[] { labels, output, images, split })
            command.Options.Add(option);
        command.SetJob((parsed, screen, cancellation) =>
        {
            (LabelFormat from, string folder) = (format.Read(parsed), parsed.GetRequiredValue(output));
            var options = new LabelExchangeOptions { Images = parsed.GetValue(images), Split = parsed.GetValue(split) };
            return ExchangeReport.Follow(screen, "convert", from, folder, progress =>
                LabelConversion.Execute(from, parsed.GetRequiredValue(labels), folder, options, progress, cancellation));
        });
        return command;
    }
}
