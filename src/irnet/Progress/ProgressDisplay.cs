using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Runs;
using Spectre.Console;

namespace IrNetTool.Progress;

/// <summary>Shows progress as fits where the output goes: bars in a terminal, lines in a file or pipe.</summary>
internal static class ProgressDisplay
{
    public static T Follow<T>(Func<IRunObserver, T> work) =>
        Console.IsOutputRedirected
            ? work(new PlainProgress(Console.Out))
            : AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .Start(context => work(new LiveProgress(context)));
}
