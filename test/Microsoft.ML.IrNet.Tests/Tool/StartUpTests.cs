using System.Diagnostics;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary>Native libraries take a second to load: only commands that run a network may want them.</summary>
public class StartUpTests
{
    [SkippableTheory]
    [InlineData("--help")]
    [InlineData("run", "--help")]
    [InlineData("label", "--no-such-option")]
    [InlineData("evaluate", "--labels", "no-such-folder", "--data", "no-such-data")]
    public async Task Without_a_network_torch_is_not_loaded(params string[] arguments)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The loader of Linux tells what it opens.");
        string opened = await OpenedLibraries(arguments);
        Assert.Contains("libcoreclr.so", opened, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", opened, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("SkiaSharp", opened, StringComparison.Ordinal);
    }

    private static async Task<string> OpenedLibraries(string[] arguments)
    {
        using Process tool = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "irnet.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["LD_DEBUG"] = "files" },
        })!;
        Task<string> output = tool.StandardOutput.ReadToEndAsync();
        string error = await tool.StandardError.ReadToEndAsync();
        await output;
        await tool.WaitForExitAsync();
        return string.Join('\n', error.Split('\n').Where(line => line.Contains("calling init", StringComparison.Ordinal)));
    }
}
