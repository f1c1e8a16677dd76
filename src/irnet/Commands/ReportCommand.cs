using System.CommandLine;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Reports;

namespace IrNetTool.Commands;

/// <summary><c>irnet report</c>: a page that shows labels and what is wrong with them.</summary>
internal static class ReportCommand
{
    public const string FileName = "index.html";

    public static Command Create()
    {
        var command = new ToolCommand("report", "Show masks on a page: metrics, curves, and a gallery to search for what went wrong.", "irnet report --labels out --data VOC2012 --split train");
        Option<string> labels = new Option<string>("--labels") { Description = "A label folder, or a COCO annotation or result file.", Required = true, HelpName = "DIR|FILE" }.MustExist();
        command.Options.Add(labels);
        var data = new DataOptions(command, required: false);
        Option<string?> images = new Option<string?>("--images") { Description = "The folder of the labelled photographs, where they belong to no data set.", HelpName = "PATH" }.MustBeFolder();
        var output = new Option<string?>("--out") { Description = "The page to write. Without it index.html in the label folder.", HelpName = "FILE" };
        var minimumScore = new Option<float>("--min-score") { Description = "Masks of this score or less do not count as found when errors are told.", HelpName = "SCORE", DefaultValueFactory = _ => new LabelReportOptions().MinimumScore };
        Option<int?> side = WholeNumber.Optional("--side", "Longer side of the pictures in pixels. Without it 320, or 200 for more than 1,000 photographs.", 32);
        data.Exclude(images);
        foreach (Option option in new Option[] { images, output, minimumScore, side })
            command.Options.Add(option);
        command.SetJob((parsed, screen, cancellation) =>
        {
            string folder = parsed.GetRequiredValue(labels);
            var options = new LabelReportOptions
            {
                Data = data.IsGiven(parsed) ? data.Load(parsed) : parsed.GetValue(images) is { } photographs ? TagFolder.LoadImages(photographs) : null,
                InstanceNames = data.InstanceNames(parsed),
                MinimumScore = parsed.GetValue(minimumScore),
                PictureSide = parsed.GetValue(side),
            };
            Write(screen, parsed.GetValue(output) ?? DefaultPath(folder), folder, options, cancellation);
            return ExitCode.Success;
        });
        return command;
    }

    public static void Write(Screen screen, string path, string labels, LabelReportOptions options, CancellationToken cancellation)
    {
        screen.Follow(view =>
        {
            IReadOnlyList<Photograph> photographs = options.Data?.Photographs ?? [];
            view.Begin("report", photographs.Count, "photographs");
            LabelReport.Write(path, labels, options, photographs.Count > 0 ? new PhotographCount(view, photographs) : null, cancellation);
            view.End("done");
            return path;
        });
        screen.Line($"look at {path}");
        screen.Figures["report"] = path;
    }

    private static string DefaultPath(string labels) => Path.Combine(Directory.Exists(labels) ? labels : Path.GetDirectoryName(Path.GetFullPath(labels))!, FileName);
}
