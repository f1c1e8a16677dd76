using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IrNetTool.Commands;

/// <summary>Help that ends with the command's example; that of the tool itself also tells the exit codes.</summary>
internal sealed class HelpWithExample(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private const string RootExample = "irnet run --data VOC2012 --split train --out out";

    public static void Attach(HelpOption option) => option.Action = new HelpWithExample((SynchronousCommandLineAction)option.Action!);

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        var command = parseResult.CommandResult.Command as ToolCommand;
        if (command is null)
            output.WriteLine($"Exit codes:{Environment.NewLine}{string.Concat(ExitCode.Meanings.Select(code => $"  {code.Code,-4} {code.Meaning}{Environment.NewLine}"))}");
        output.WriteLine($"Example:{Environment.NewLine}  {command?.Example ?? RootExample}{Environment.NewLine}");
        return code;
    }
}
