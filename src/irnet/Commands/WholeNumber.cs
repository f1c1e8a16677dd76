using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IrNetTool.Commands;

/// <summary>Options that are whole numbers of at least a certain size.</summary>
internal static class WholeNumber
{
    public static Option<int> Option(string name, string description, int value, int least)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => value };
        RequireAtLeast(option, least);
        return option;
    }

    public static Option<int?> Optional(string name, string description, int least)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        RequireAtLeast(option, least);
        return option;
    }

    /// <summary>The number that was given; null for none, or for what is no number, of which the parser complains itself.</summary>
    public static int? Given(OptionResult result) =>
        result.Tokens is [var token] && int.TryParse(token.Value, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static void RequireAtLeast(Option option, int least) => option.Validators.Add(result =>
    {
        if (Given(result) is { } given && given < least)
            result.AddError($"{option.Name}: is {given}; it must be at least {least}.");
    });
}
