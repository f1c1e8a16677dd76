using System.CommandLine;

namespace IrNetTool.Commands;

/// <summary>What to do with a photograph that cannot be read.</summary>
internal static class StrictOption
{
    public static Option<bool> Create() => new("--strict")
    {
        Description = "Stop at the first photograph that cannot be read, instead of leaving it out (exit code 1 either way).",
    };
}
