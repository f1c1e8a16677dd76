using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IrNetTool.Commands;

/// <summary>Help that ends with the command's example.</summary>
internal sealed class HelpWithExample(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private const string RootExample = "irnet run --data VOC2012 --split train --out out";

    public static void Attach(HelpOption option) => option.Action = new HelpWithExample((SynchronousCommandLineAction)option.Action!);

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        string example = parseResult.CommandResult.Command is ToolCommand command ? command.Example : RootExample;
        parseResult.InvocationConfiguration.Output.WriteLine($"Example:{Environment.NewLine}  {example}{Environment.NewLine}");
        return code;
    }
}
