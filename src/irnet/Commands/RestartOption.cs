using System.CommandLine;

namespace IrNetTool.Commands;

/// <summary><c>--restart</c>, of every command that can go on where it was stopped.</summary>
internal static class RestartOption
{
    public static Option<bool> Create() => new("--restart") { Description = "Start over: what a stopped run left in the output folder is removed first." };
}
