using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IrNetTool;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Runs;
using Microsoft.ML.IrNet.Tests.Tool;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>
/// The tool, stopped again and again at random moments until it comes to its end, leaves the bytes of a run that was never stopped. IRNET_KILLS says how often it is stopped at least.
/// </summary>
[Collection("torch")]
public sealed class KillTests : IDisposable
{
    private const string Kills = "IRNET_KILLS";

    // 128 and the number of SIGTERM, as shells have it.
    private const int Terminated = 143;

    private readonly TemporaryFolder _folder = new();
    private readonly TemporaryFolder _images = new();
    private readonly Random _random = new(20190616);

    public void Dispose()
    {
        _folder.Dispose();
        _images.Dispose();
    }

    [SkippableFact]
    public async Task A_run_stopped_at_random_moments_ends_with_the_same_bytes()
    {
        ToyData.WithMasks(_images);
        SortedDictionary<string, string> outcome = await TryOut("run", output =>
        [
            "run", "--data", _images.Root, "--split", "train", "--out", output, "--backbone", "resnet18", "--backbone-weights", "none", "--batch", "2", "--crop", "80",
            "--cam-epochs", "3", "--irnet-epochs", "2", "--scales", "1", "--device", "cpu",
            .. TrialLength.IsLong(Kills) ? (string[])["--student", "both", "--student-iterations", "2"] : [],
        ]);
        Assert.Contains("annotations.json", outcome.Keys);
        Assert.Contains("labeller.zip", outcome.Keys);
        Assert.Contains("metrics.json", outcome.Keys);
    }

    [SkippableFact]
    public async Task A_label_pass_stopped_at_random_moments_ends_with_the_same_bytes()
    {
        const int Photographs = 60;
        using CamNetwork cam = Networks.TinyNetworks.Cam(2);
        using IrNetwork irNet = Networks.TinyNetworks.Ir();
        new LabellerModel(cam, irNet, ToyData.Classes, new LabellerOptions()).Save(_folder.At("labeller.zip"));
        for (int i = 0; i < Photographs; i++)
            PngFile.Write(_images.At($"{i}.png"), TinyPipeline.Photograph(i));
        SortedDictionary<string, string> outcome = await TryOut("label", output => ["label", "--model", _folder.At("labeller.zip"), "--images", _images.Root, "--out", output, "--device", "cpu"]);
        Assert.Equal(3 * Photographs + 1, outcome.Count);
    }

    /// <summary>Stops a command at random moments until it comes to its end, and again from the start until it was stopped often enough.</summary>
    /// <returns>What it leaves, which was the same each time.</returns>
    private async Task<SortedDictionary<string, string>> TryOut(string name, Func<string, string[]> command)
    {
        Skip.If(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        var watch = Stopwatch.StartNew();
        (int code, string error, _) = await ToolProcess.Run(command(_folder.At("whole")));
        Assert.True(code == ExitCode.Success, error);
        TimeSpan whole = watch.Elapsed;
        SortedDictionary<string, string> expected = Outcome(_folder.At("whole"));
        int wanted = TrialLength.Of(Kills, 3), kills = 0;
        var counts = new Dictionary<string, int>();
        for (int runs = 1; kills < wanted; runs++)
        {
            string output = _folder.At($"stopped{runs}");
            while (true)
            {
                // Most of the time the one that nothing can be done about.
                string signal = _random.Next(4) switch { 0 => "TERM", 1 => SignalTests.InterruptIsIgnored() ? "TERM" : "INT", _ => "KILL" };
                (code, error, bool signalled) = await ToolProcess.Run(command(output), signal, _random.NextDouble() * whole);
                if (!signalled)
                    break;
                // Before the tool listens, SIGTERM ends it as it ends any program.
                Assert.True(signal == "KILL" || code is ExitCode.Cancelled or ExitCode.Success || (code == Terminated && error.Length == 0), $"{signal}: {code} {error}");
                kills++;
                counts[signal] = counts.GetValueOrDefault(signal) + 1;
            }
            Assert.True(code == ExitCode.Success, error);
            Assert.Equal(expected, Outcome(output));
            Directory.Delete(output, recursive: true);
            if (TrialLength.IsLong(Kills))
                TrialLength.Report($"{name}: stopped {kills} times ({string.Join(", ", counts.Select(count => $"{count.Value} x {count.Key}"))}) in {runs} runs, each {whole.TotalSeconds:F1} s when not stopped; every one ended with the same bytes");
        }
        return expected;
    }

    /// <summary>Digests of all that a run leaves but its notes and its page, which tell times. The metrics are compared without the seconds of the stages.</summary>
    private static SortedDictionary<string, string> Outcome(string folder)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, path);
            if (name == "index.html" || (name.StartsWith("work", StringComparison.Ordinal) && !name.EndsWith(".safetensors", StringComparison.Ordinal)))
                continue;
            if (name == "metrics.json")
            {
                JsonObject metrics = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
                Assert.True(metrics.Remove("stages"));
                digests[name] = metrics.ToJsonString();
            }
            else
                digests[name] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));
        }
        return digests;
    }
}
