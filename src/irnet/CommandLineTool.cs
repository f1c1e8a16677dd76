using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Interop;
using System.CommandLine;
using IrNetTool.Commands;

namespace IrNetTool;

/// <summary>The command line: its commands, and what becomes of errors.</summary>
internal static class CommandLineTool
{
    private static readonly Option<bool> Verbose = new("--verbose")
    {
        Description = "Print the trace of an error.",
        Recursive = true,
    };

    public static async Task<int> InvokeAsync(string[] args)
    {
        var root = new RootCommand("Instance and semantic masks learned from image-level tags (IRNet, CVPR 2019).")
        {
            RunCommand.Create(),
            LabelCommand.Create(),
            ImportCommand.Create(),
            EvaluateCommand.Create(),
        };
        root.Options.Add(Verbose);
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync($"irnet: {error.Message}").ConfigureAwait(false);
            await Console.Error.WriteLineAsync($"irnet: see 'irnet {parsed.CommandResult.Command.Name} --help'".Replace("irnet irnet", "irnet", StringComparison.Ordinal)).ConfigureAwait(false);
            return ExitCode.BadArguments;
        }
        return await InvokeAsync(parsed).ConfigureAwait(false);
    }

    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false };
        try
        {
            NativeTorch.Require();
            return await parsed.InvokeAsync(configuration).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("irnet: stopped; the same command continues from here.").ConfigureAwait(false);
            return ExitCode.Cancelled;
        }
        catch (Exception error) when (error is IrNetException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            await Report(error, parsed).ConfigureAwait(false);
            return error is OptionException ? ExitCode.BadArguments : ExitCode.Failed;
        }
    }

    private static Task Report(Exception error, ParseResult parsed)
    {
        string line = error.Message.ReplaceLineEndings(" ");
        return Console.Error.WriteLineAsync(parsed.GetValue(Verbose) ? $"irnet: {line}{Environment.NewLine}{error}" : $"irnet: {line}");
    }
}
