using System.Diagnostics;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>The command-line tool as a process of its own.</summary>
internal static class ToolProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "irnet.dll");

    /// <summary>Runs a command, and after a while sends it a signal.</summary>
    /// <param name="arguments">The command.</param>
    /// <param name="signal">KILL, TERM or INT; null for none.</param>
    /// <param name="delay">How long it is left alone.</param>
    /// <returns>Its exit code, what it wrote to the error stream, and whether the signal came before its end.</returns>
    public static async Task<(int Code, string Error, bool Signalled)> Run(IEnumerable<string> arguments, string? signal = null, TimeSpan delay = default)
    {
        using Process tool = Process.Start(new ProcessStartInfo("dotnet", [Program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = tool.StandardOutput.ReadToEndAsync(), error = tool.StandardError.ReadToEndAsync();
        Task end = tool.WaitForExitAsync();
        bool signalled = signal is not null && await Task.WhenAny(end, Task.Delay(delay)) != end;
        if (signalled)
        {
            using Process kill = Process.Start("kill", ["-s", signal!, $"{tool.Id}"]);
            await kill.WaitForExitAsync();
        }
        await end;
        await output;
        return (tool.ExitCode, await error, signalled);
    }
}
