using System.CommandLine;
using IrNetTool.Completion;

namespace IrNetTool.Commands;

/// <summary><c>irnet completion</c>: a script with which a shell completes commands, options and their values.</summary>
internal static class CompletionCommand
{
    public static Command Create()
    {
        var command = new ToolCommand("completion", "Print the script with which a shell completes commands, options and values.", "source <(irnet completion bash)");
        var shell = new Argument<string>("shell") { Description = string.Join(", ", Shells.Names) };
        shell.AcceptOnlyFromAmong([.. Shells.Names]);
        command.Arguments.Add(shell);
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(Shells.Script(parsed.GetRequiredValue(shell))));
        return command;
    }
}
