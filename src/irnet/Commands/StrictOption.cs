using System.CommandLine;
using Microsoft.ML.IrNet.Runs;

namespace IrNetTool.Commands;

/// <summary>What to do with a photograph that cannot be read.</summary>
internal static class StrictOption
{
    public static Option<bool> Create() => new("--strict")
    {
        Description = "Stop at the first photograph that cannot be read, instead of leaving it out (exit code 1 either way).",
    };

    /// <summary>Lists the photographs that were left out and gives the exit code they mean.</summary>
    public static int ListSkipped(this Screen screen, IReadOnlyCollection<SkippedPhotograph> skipped)
    {
        foreach (SkippedPhotograph photograph in skipped)
            screen.Line($"left out: {photograph.Name}: {photograph.Reason}");
        return skipped.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }
}
