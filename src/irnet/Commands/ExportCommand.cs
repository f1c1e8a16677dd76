using System.CommandLine;
using Microsoft.ML.IrNet.Export;

namespace IrNetTool.Commands;

/// <summary><c>irnet export</c>: a label folder in the format of another tool.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("export", "Write a label folder in the format of another tool.", "irnet export --labels out --to yolo --images VOC2012/JPEGImages --out out-yolo");
        Option<string> labels = new Option<string>("--labels") { Description = "A label folder, or a COCO annotation file.", Required = true, HelpName = "DIR|FILE" }.MustExist();
        command.Options.Add(labels);
        var format = new FormatOption(command, "--to", "The format to write.");
        var output = new Option<string>("--out") { Description = "The folder to write.", Required = true, HelpName = "DIR" };
        Option<string?> images = new Option<string?>("--images") { Description = "The folder of the photographs, sub-folders included; they are copied to where the format has them. Without it the labels alone are written.", HelpName = "PATH" }.MustBeFolder();
        var split = new Option<string?>("--split") { Description = "What coco, voc and yolo call the list of the photographs; train where not given.", HelpName = "NAME" };
        foreach (Option option in new Option[] { output, images, split })
            command.Options.Add(option);
        command.SetJob((parsed, screen, cancellation) =>
        {
            (LabelFormat to, string folder) = (format.Read(parsed), parsed.GetRequiredValue(output));
            var options = new LabelExchangeOptions { Images = parsed.GetValue(images), Split = parsed.GetValue(split) };
            return ExchangeReport.Follow(screen, "export", to, folder, progress =>
                LabelExport.Execute(parsed.GetRequiredValue(labels), to, folder, options, progress, cancellation));
        });
        return command;
    }
}
