using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using IrNetTool.Commands;
using Microsoft.ML.IrNet;

namespace IrNetTool;

/// <summary>The command line: its commands, and what becomes of errors.</summary>
internal static class CommandLineTool
{
    // Trainings save their state at once when they are asked to stop, and passes after each photograph: what is being done may be given up.
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3.5);

    // What the command line gives where SIGTERM ended a command that took too long to stop.
    private const int Terminated = 143;

    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Print the trace of an error.",
        Recursive = true,
    };

    /// <summary>Does what the arguments say.</summary>
    /// <returns>An <see cref="ExitCode"/>.</returns>
    public static async Task<int> InvokeAsync(string[] args, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        ParseResult parsed = Root().Parse(args);
        if (parsed.Action is ParseErrorAction)
        {
            string command = parsed.CommandResult.Command is ToolCommand tool ? $"irnet {tool.Name}" : "irnet";
            string problem = parsed.UnmatchedTokens is [var unknown, ..] ? $"'{unknown}' is not known." : parsed.Errors[0].Message;
            await error.WriteLineAsync($"irnet: {OneLine(problem)} See '{command} --help'.").ConfigureAwait(false);
            return ExitCode.BadArguments;
        }
        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = output,
                Error = error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = LongestStop,
            };
            int code = await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
            return code is ExitCode.Cancelled or Terminated ? await StoppedAsync(error).ConfigureAwait(false) : code;
        }
        catch (OperationCanceledException)
        {
            return await StoppedAsync(error).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Whatever went wrong, the user gets a line and not a crash.
            string problem = failure is IrNetException or IOException or UnauthorizedAccessException
                ? failure.Message
                : $"an error of the program itself: {failure.Message} ({failure.GetType().Name}; --verbose prints where)";
            await error.WriteLineAsync($"irnet: {OneLine(problem)}").ConfigureAwait(false);
            if (parsed.GetValue(Verbose))
                await error.WriteLineAsync(failure.ToString()).ConfigureAwait(false);
            return failure is OptionException ? ExitCode.BadArguments : ExitCode.Failed;
        }
    }

    private static async Task<int> StoppedAsync(TextWriter error)
    {
        await error.WriteLineAsync("irnet: stopped. The same 'irnet run', 'label', 'predict' or 'train-student' again goes on from here; other commands begin anew.").ConfigureAwait(false);
        return ExitCode.Cancelled;
    }

    /// <summary>The commands.</summary>
    public static RootCommand Root()
    {
        var root = new RootCommand("Instance and semantic masks learned from image-level tags (IRNet, CVPR 2019).")
        {
            RunCommand.Create(),
            LabelCommand.Create(),
            ImportCommand.Create(),
            EvaluateCommand.Create(),
            TrainStudentCommand.Create(),
            PredictCommand.Create(),
            ExportCommand.Create(),
            ConvertCommand.Create(),
            ReportCommand.Create(),
            TuneCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Options.Add(Verbose);
        HelpWithExample.Attach(root.Options.OfType<HelpOption>().Single());
        return root;
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
