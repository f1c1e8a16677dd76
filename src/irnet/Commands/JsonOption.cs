using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Files;

namespace IrNetTool.Commands;

/// <summary>
/// <c>--json</c>, of every command that prints figures: with a file they are written there as well, without one they are all that is written to standard output.
/// </summary>
internal static class JsonOption
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static readonly Option<string?> _json = new("--json")
    {
        Description = "Write the figures as one JSON object: to a file, or without FILE to standard output, where all else then goes to standard error.",
        HelpName = "FILE",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static void AddTo(Command command) => command.Options.Add(_json);

    /// <summary>Where progress, tables and lines go.</summary>
    public static TextWriter LinesOf(ParseResult parsed) =>
        TakesOutput(parsed) ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output;

    /// <summary>Writes the figures where they were asked for.</summary>
    public static void Write(ParseResult parsed, JsonObject figures)
    {
        string text = figures.ToJsonString(Indented);
        if (TakesOutput(parsed))
            parsed.InvocationConfiguration.Output.WriteLine(text);
        else if (parsed.GetValue(_json) is { } path)
            AtomicFile.WriteText(path, text);
    }

    private static bool TakesOutput(ParseResult parsed) => parsed.GetResult(_json) is { Implicit: false, Tokens.Count: 0 };
}
