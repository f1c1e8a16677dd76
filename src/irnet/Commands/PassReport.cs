using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Runs;

namespace IrNetTool.Commands;

/// <summary>What a command says in the end of the photographs that it labelled and of those that it left out.</summary>
internal static class PassReport
{
    /// <summary>Tells how many photographs have masks now, and where these are.</summary>
    /// <returns>The exit code that the photographs left out mean.</returns>
    public static int Print(Screen screen, PhotographSet photographs, IReadOnlyCollection<SkippedPhotograph> skipped, string output)
    {
        int labelled = photographs.Photographs.Count - skipped.Count;
        screen.Line($"{labelled} photographs labelled, {skipped.Count} left out; the masks are in {output}");
        screen.Figures["labelled"] = labelled;
        screen.Figures["skipped"] = new JsonArray([.. skipped.Select(photograph => (JsonNode)new JsonObject { ["name"] = photograph.Name, ["reason"] = photograph.Reason })]);
        screen.Figures["out"] = output;
        return ListSkipped(screen, skipped);
    }

    /// <summary>Lists the photographs that were left out.</summary>
    /// <returns>The exit code that they mean.</returns>
    public static int ListSkipped(Screen screen, IReadOnlyCollection<SkippedPhotograph> skipped)
    {
        foreach (SkippedPhotograph photograph in skipped)
            screen.Line($"left out: {photograph.Name}: {photograph.Reason}");
        return skipped.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
