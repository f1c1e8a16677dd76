using Microsoft.ML.IrNet;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace IrNetTool.Commands;

/// <summary>Ends a command's help with an example.</summary>
internal static class HelpExample
{
    public static void Add(Command command, string example)
    {
        var help = new HelpOption();
        help.Action = new HelpWithExample((SynchronousCommandLineAction)help.Action!, example);
        command.Options.Add(help);
    }

    private sealed class HelpWithExample(SynchronousCommandLineAction help, string example) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            int code = help.Invoke(parseResult);
            parseResult.InvocationConfiguration.Output.WriteLine($"Example:{Environment.NewLine}  {example}{Environment.NewLine}");
            return code;
        }
    }
}
