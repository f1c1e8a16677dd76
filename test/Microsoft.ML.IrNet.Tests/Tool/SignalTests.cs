using System.Diagnostics;
using IrNetTool;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;

namespace Microsoft.ML.IrNet.Tests.Tool;

/// <summary>The tool as a process of its own, as a shell sees it.</summary>
[Collection("torch")]
public class SignalTests
{
    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_a_run_after_its_state_is_saved(string signal)
    {
        Skip.If(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        Skip.If(signal == "INT" && InterruptIsIgnored(), "The tests were started with SIGINT ignored, as background jobs of a shell are; their children inherit that.");
        using TemporaryFolder folder = new(), images = new();
        ToyData.WriteTagged(images, 4);
        using Process tool = Process.Start(new ProcessStartInfo("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "irnet.dll"), "run", "--data", images.Root, "--out", folder.At("out"),
            "--backbone", "resnet18", "--backbone-weights", "none", "--batch", "1", "--crop", "80", "--cam-epochs", "100000", "--device", "cpu",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = tool.StandardError.ReadToEndAsync();
        while (await tool.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("train classifier: 400000 steps", StringComparison.Ordinal))
            continue;
        // The rest is read too: a full pipe would hold the tool up.
        Task<string> output = tool.StandardOutput.ReadToEndAsync();
        using (Process kill = Process.Start("kill", ["-s", signal, $"{tool.Id}"]))
            await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        // A tool that ignores the signal would train for days.
        patience.Token.Register(() => tool.Kill(entireProcessTree: true));
        await tool.WaitForExitAsync();
        await output;
        Assert.Contains("irnet: stopping, what is done so far is being saved", await error, StringComparison.Ordinal);
        Assert.Contains("irnet: stopped.", await error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Cancelled, tool.ExitCode);
        Assert.NotEmpty(Directory.EnumerateFiles(folder.At("out", "work", "cam"), "*.safetensors"));
    }

    // The mask of ignored signals is hexadecimal; SIGINT is number 2, so its second bit.
    internal static bool InterruptIsIgnored() =>
        File.Exists("/proc/self/status")
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } mask
        && (Convert.ToUInt64(mask["SigIgn:".Length..].Trim(), 16) & 2) != 0;
}
