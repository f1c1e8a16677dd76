using System.Text.Json.Nodes;
using IrNetTool.Progress;
using Microsoft.ML.IrNet.Export;

namespace IrNetTool.Commands;

/// <summary>What is shown of labels on their way to another format or from it.</summary>
internal static class ExchangeReport
{
    /// <summary>Does the work and shows its progress, its result, and in one line what could not be carried.</summary>
    public static int Follow(Screen screen, string title, LabelFormat format, string folder, Func<IProgress<string>, LabelExchangeReport> work)
    {
        LabelExchangeReport report = screen.Follow(view =>
        {
            view.Begin(title, 0, "photographs");
            LabelExchangeReport done = work(new NameCount(view));
            view.End("done");
            return done;
        });
        screen.Line($"{report.Instances} instances of {report.Photographs} photographs are in {folder}");
        if (report.Losses.Count > 0)
            screen.Line($"{format.ToString().ToLowerInvariant()}: {string.Join("; ", report.Losses)}");
        screen.Figures["photographs"] = report.Photographs;
        screen.Figures["instances"] = report.Instances;
        screen.Figures["losses"] = new JsonArray([.. report.Losses.Select(loss => (JsonNode)loss)]);
        screen.Figures["out"] = folder;
        return ExitCode.Success;
    }
}
