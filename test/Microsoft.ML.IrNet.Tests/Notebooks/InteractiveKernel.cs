using System.Diagnostics;
using System.Text.Json;
using Microsoft.ML.IrNet.Tests.Packages;

namespace Microsoft.ML.IrNet.Tests.Notebooks;

/// <summary>A kernel of .NET Interactive as a process of its own, spoken to over its standard streams.</summary>
internal sealed class InteractiveKernel : IDisposable
{
    private readonly Process _process;
    private int _commands;

    private InteractiveKernel(Process process) => _process = process;

    /// <summary>Starts a kernel and waits until it is ready.</summary>
    /// <param name="program">The program of the package Microsoft.dotnet-interactive.</param>
    /// <param name="folder">Its current folder.</param>
    /// <param name="environment">Variables beside those of this process.</param>
    public static async Task<InteractiveKernel> Start(string program, string folder, IReadOnlyDictionary<string, string> environment)
    {
        ProcessStartInfo start = new(program, ["stdio"]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_ROOT"] = DotnetCommand.Root;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        var kernel = new InteractiveKernel(Process.Start(start)!);
        while ((await kernel.ReadEvent()).Type != "KernelReady")
        {
        }
        return kernel;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    /// <summary>Runs a cell, which must succeed.</summary>
    /// <returns>What it ends in, as HTML or, for what has none, as text; null for nothing.</returns>
    public async Task<string?> Run(string code)
    {
        string token = $"cell-{_commands++}", errors = "";
        await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { token, commandType = "SubmitCode", command = new { code, targetKernelName = "csharp" } }));
        await _process.StandardInput.FlushAsync();
        string? shown = null;
        while (true)
        {
            (string type, JsonElement content, string? of) = await ReadEvent();
            switch (type)
            {
                case "ReturnValueProduced":
                    shown = content.GetProperty("formattedValues")[0].GetProperty("value").GetString();
                    break;
                case "ErrorProduced" or "CommandFailed":
                    errors += content.GetProperty("message").GetString() + "\n";
                    break;
            }
            if (of == token && type is "CommandSucceeded" or "CommandFailed")
            {
                Assert.True(type == "CommandSucceeded", $"{code}\n{errors}");
                return shown;
            }
        }
    }

    private async Task<(string Type, JsonElement Content, string? Token)> ReadEvent()
    {
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The kernel has ended.");
        JsonElement message = JsonElement.Parse(line);
        string? token = message.TryGetProperty("command", out JsonElement command) && command.ValueKind == JsonValueKind.Object && command.TryGetProperty("token", out JsonElement value) ? value.GetString() : null;
        return (message.GetProperty("eventType").GetString()!, message.GetProperty("event"), token);
    }
}
