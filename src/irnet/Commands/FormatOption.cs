using System.CommandLine;
using Microsoft.ML.IrNet.Export;

namespace IrNetTool.Commands;

/// <summary>An option that names the format of another tool.</summary>
internal sealed class FormatOption
{
    private static readonly string[] Names = [.. Enum.GetNames<LabelFormat>().Select(name => name.ToLowerInvariant())];

    private readonly Option<string> _format;

    public FormatOption(Command command, string name, string description)
    {
        _format = new Option<string>(name) { Description = description, Required = true, HelpName = string.Join('|', Names) };
        _format.AcceptOnlyFromAmong(Names);
        command.Options.Add(_format);
    }

    public LabelFormat Read(ParseResult parsed) => Enum.Parse<LabelFormat>(parsed.GetRequiredValue(_format), ignoreCase: true);
}
