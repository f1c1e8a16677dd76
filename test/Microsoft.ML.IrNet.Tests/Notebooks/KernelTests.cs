using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Packages;

namespace Microsoft.ML.IrNet.Tests.Notebooks;

/// <summary>
/// The notebooks of the samples in the last kernel of .NET Interactive, with this repository's packages from a feed.
/// Installs the kernel and takes minutes: IRNET_KERNEL=1 asks for it.
/// </summary>
public sealed class KernelTests : IDisposable
{
    private const string Kernel = "Microsoft.dotnet-interactive", Version = "1.0.712001";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [SkippableFact]
    public async Task Every_cell_runs_and_shows_itself()
    {
        Skip.If(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("IRNET_KERNEL")), "Takes some minutes; IRNET_KERNEL=1 asks for it.");
        string feed = _folder.At("feed"), tools = _folder.At("tools");
        await DotnetCommand.Run(_folder.Root, "pack", "-c", "Release", Repository.Require("src", "Microsoft.ML.IrNet"), $"-p:PackageOutputPath={feed}", "-p:RunAnalyzers=false");
        await DotnetCommand.Run(_folder.Root, "tool", "install", Kernel, "--version", Version, "--tool-path", tools);
        string program = Path.Combine(tools, OperatingSystem.IsWindows() ? "dotnet-interactive.exe" : "dotnet-interactive");

        await Run(program, feed, "tour.ipynb", NotebookExample.Tour(_folder), "<img src=\"data:image", "<table>", "<table>", "<img src=\"data:image", "<img src=\"data:image");
        await Run(program, feed, "own-photographs.ipynb", NotebookExample.OwnPhotographs(_folder).Parameters, "<img src=\"data:image", "disc", "<img src=\"data:image", "<img src=\"data:image");
    }

    private async Task Run(string program, string feed, string name, string parameters, params string[] expected)
    {
        // The packages under test have the version of the last release: they must not come from, or stay in, the usual folder.
        using InteractiveKernel kernel = await InteractiveKernel.Start(program, _folder.Root, new Dictionary<string, string>
        {
            ["NUGET_PACKAGES"] = _folder.At("packages"),
            ["NUGET_FALLBACK_PACKAGES"] = DotnetCommand.UsualPackages,
        });
        await kernel.Run($"#i \"nuget:{feed}\"");
        var shown = new List<string>();
        foreach ((string source, bool areParameters) in Notebook.Read(name).Code)
        {
            if (await kernel.Run(source) is { } value)
                shown.Add(value);
            if (areParameters)
                await kernel.Run(parameters);
        }
        foreach (string part in expected)
        {
            int index = shown.FindIndex(value => value.Contains(part, StringComparison.Ordinal));
            Assert.True(index >= 0, $"{name} does not show {part}");
            shown.RemoveRange(0, index + 1);
        }
    }
}
