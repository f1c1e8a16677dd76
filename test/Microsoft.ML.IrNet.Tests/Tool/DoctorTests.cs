using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json;
using IrNetTool;
using IrNetTool.Doctor;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Tool;

[Collection("torch")]
public class DoctorTests
{
    [Fact]
    public async Task Everything_is_here()
    {
        ToolRun run = await ToolRun.Of("doctor");
        Assert.Equal((ExitCode.Success, ""), (run.Code, run.Error));
        Assert.All(run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches("^(ok       |note     )[^ ]", line));
        Assert.All(new[] { "irnet: ", "runtime: .NET", "ML.NET: 5.0.1", "SkiaSharp's native library: loads", "torch: 2.", "loaded from: ", "cache: ", "free in the current folder: ", "memory: ", "OMP_NUM_THREADS" },
            text => Assert.Contains(text, run.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_native_libraries_it_says_which_package_is_missing_and_does_not_crash()
    {
        using TemporaryFolder folder = new();
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Append(Path.Combine(AppContext.BaseDirectory, "irnet.runtimeconfig.json")))
            File.Copy(file, folder.At(Path.GetFileName(file)));
        using Process tool = Process.Start(new ProcessStartInfo("dotnet", [folder.At("irnet.dll"), "doctor", "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> lines = tool.StandardError.ReadToEndAsync();
        using var json = JsonDocument.Parse(await tool.StandardOutput.ReadToEndAsync());
        await tool.WaitForExitAsync();
        Assert.Equal(ExitCode.Failed, tool.ExitCode);
        Assert.False(json.RootElement.GetProperty("works").GetBoolean());
        string[] problems = [.. (await lines).Split(Environment.NewLine).Where(line => line.StartsWith("problem", StringComparison.Ordinal))];
        Assert.Contains(problems, line => line.Contains("SkiaSharp.NativeAssets", StringComparison.Ordinal));
        Assert.Contains(problems, line => line.Contains("one backend package", StringComparison.Ordinal));
        Assert.Equal(2, problems.Length);
    }

    [Theory]
    [InlineData(4L << 30, FindingKind.Ok)]
    [InlineData(1L << 30, FindingKind.Note)]
    internal void Little_memory_is_noted(long bytes, FindingKind expected) => Assert.Equal(expected, SystemFindings.Memory(bytes).Kind);

    [Fact]
    public void Variables_that_matter_are_told_and_others_are_not()
    {
        var variables = new Dictionary<string, string> { ["OMP_NUM_THREADS"] = "two", ["MKL_NUM_THREADS"] = "2", ["IRNET_CACHE"] = "/cache", ["PASSWORD"] = "secret" };
        Finding[] findings = [.. EnvironmentFindings.Examine(variables)];
        Assert.Equal([("IRNET_CACHE", FindingKind.Ok), ("MKL_NUM_THREADS", FindingKind.Ok), ("OMP_NUM_THREADS", FindingKind.Note), ("not set", FindingKind.Ok)], findings.Select(finding => (finding.Subject, finding.Kind)));
        Assert.DoesNotContain(findings, finding => finding.Text.Contains("secret", StringComparison.Ordinal));
    }

    [SkippableFact]
    [SupportedOSPlatform("linux")]
    public void A_cache_that_others_can_write_to_is_a_problem()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Owners and permissions are checked on Linux.");
        using TemporaryFolder folder = new();
        folder.Write("cache/weights", new string('w', 1 << 20));
        var cache = new WeightCache(folder.At("cache"));
        Assert.Equal((FindingKind.Ok, $"{cache.Folder}, 1.0 MiB"), (FolderFindings.Cache(cache).Kind, FolderFindings.Cache(cache).Found));
        File.SetUnixFileMode(cache.Folder, File.GetUnixFileMode(cache.Folder) | UnixFileMode.OtherWrite);
        Assert.Equal(FindingKind.Problem, FolderFindings.Cache(cache).Kind);
        Assert.Equal(FindingKind.Ok, FolderFindings.Cache(new WeightCache(folder.At("none"))).Kind);
    }
}
