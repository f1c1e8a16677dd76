using System.CommandLine;
using System.Reflection;
using IrNetTool;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Tool;

// Microsoft.ML has a namespace of this name.
using Command = System.CommandLine.Command;

/// <summary>What the pages and the help say of options and exit codes is what the tool does.</summary>
public class OptionsPageTests
{
    [SkippableFact]
    public void The_page_has_every_option_with_its_default()
    {
        string page = Repository.Require("docs", "options.md");
        if (Environment.GetEnvironmentVariable("IRNET_KEEP_OPTIONS") is { Length: > 0 })
            File.WriteAllText(page, OptionsPage.Text());
        Assert.Equal(OptionsPage.Text(), File.ReadAllText(page));
    }

    public static TheoryData<string> Commands => [.. CommandLineTool.Root().Subcommands.Select(command => command.Name)];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_has_every_option_and_an_example(string name)
    {
        ToolRun run = await ToolRun.Of(name, "--help");
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        Command command = CommandLineTool.Root().Subcommands.Single(command => command.Name == name);
        Assert.All(command.Options, option => Assert.Contains($"  {option.Name} ", run.Output, StringComparison.Ordinal));
        Assert.Contains("Example:", run.Output, StringComparison.Ordinal);
        Assert.Contains($"irnet {name}", run.Output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [MemberData(nameof(Commands))]
    public void The_page_of_the_tool_names_every_command(string name) =>
        Assert.Contains($"`irnet {name}", File.ReadAllText(Repository.Require("docs", "tool.md")), StringComparison.Ordinal);

    [SkippableFact]
    public async Task Exit_codes_are_in_the_help_and_on_the_page()
    {
        int[] codes = [.. typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (int)field.GetRawConstantValue()!)];
        Assert.Equal(codes, ExitCode.Meanings.Select(exit => exit.Code));
        string help = (await ToolRun.Of("--help")).Output, page = File.ReadAllText(Repository.Require("docs", "tool.md"));
        Assert.All(ExitCode.Meanings, exit =>
        {
            Assert.Matches($@"(?m)^  {exit.Code} +{exit.Meaning}\r?$", help);
            Assert.Contains($"| {exit.Code} | {exit.Meaning} |", page, StringComparison.Ordinal);
        });
    }
}
