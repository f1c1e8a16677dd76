using System.CommandLine;
using System.Text;
using IrNetTool;

namespace Microsoft.ML.IrNet.Tests.Tool;

// Microsoft.ML has a namespace of this name.
using Command = System.CommandLine.Command;

/// <summary>Every option of every command as a page, from the same objects as the help.</summary>
internal static class OptionsPage
{
    public static string Text()
    {
        RootCommand root = CommandLineTool.Root();
        var page = new StringBuilder();
        page.Append("# Options of the command line\n\nThe same as `irnet COMMAND --help`; the tests hold both against each other, and `IRNET_KEEP_OPTIONS=1 dotnet test test/Microsoft.ML.IrNet.Tests --filter FullyQualifiedName~OptionsPageTests` writes this page anew.\n");
        page.Append("What the commands do is in [tool.md](tool.md).\n");
        Add(page, "irnet", root);
        foreach (Command command in root.Subcommands)
            Add(page, $"irnet {command.Name}", command);
        return page.ToString();
    }

    private static void Add(StringBuilder page, string title, Command command)
    {
        page.Append($"\n## {title}\n\n{Cell(command.Description!)}\n\n");
        foreach (Argument argument in command.Arguments)
            page.Append($"`{argument.Name}`: {argument.Description}.\n\n");
        Option[] options = [.. command.Options.Where(option => !option.Hidden)];
        if (options.Length == 0)
            return;
        page.Append("| option | value | default | |\n|---|---|---|---|\n");
        foreach (Option option in options)
            page.Append($"| `{option.Name}` | {Cell(option.HelpName ?? "")} | {Cell(Default(option))} | {Cell(option.Description!)} |\n");
    }

    private static string Default(Option option) =>
        option.Required ? "required"
        : option.ValueType == typeof(bool) || !option.HasDefaultValue ? ""
        : option.GetDefaultValue() is System.Collections.IEnumerable values and not string ? string.Join(' ', values.Cast<IFormattable>().Select(value => value.ToString(null, null)))
        : $"{option.GetDefaultValue()}";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
