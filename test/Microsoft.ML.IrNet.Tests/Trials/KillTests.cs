using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using IrNetTool;
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
        Skip.If(OperatingSystem.IsWindows(), "Signals are sent by kill.");
        ToyData.WithMasks(_images);
        var watch = Stopwatch.StartNew();
        (int code, string error, _) = await ToolProcess.Run(Command("whole"));
        Assert.True(code == ExitCode.Success, error);
        TimeSpan whole = watch.Elapsed;
        SortedDictionary<string, string> expected = Outcome(_folder.At("whole"));
        Assert.Contains("annotations.json", expected.Keys);
        Assert.Contains("labeller.zip", expected.Keys);

        int wanted = TrialLength.Of(Kills, 3), kills = 0, runs = 0;
        var counts = new Dictionary<string, int>();
        for (; kills < wanted; runs++)
        {
            string output = _folder.At($"killed{runs}");
            while (true)
            {
                // Most of the time the one that nothing can be done about.
                string signal = _random.Next(4) switch { 0 => "TERM", 1 => SignalTests.InterruptIsIgnored() ? "TERM" : "INT", _ => "KILL" };
                (code, error, bool signalled) = await ToolProcess.Run(Command(Path.GetFileName(output)), signal, _random.NextDouble() * whole);
                if (!signalled)
                    break;
                if (signal != "KILL")
                    Assert.True(code is ExitCode.Cancelled or ExitCode.Terminated or ExitCode.Success, $"{signal}: {code} {error}");
                kills++;
                counts[signal] = counts.GetValueOrDefault(signal) + 1;
            }
            Assert.True(code == ExitCode.Success, error);
            Assert.Equal(expected, Outcome(output));
            Directory.Delete(output, recursive: true);
            if (TrialLength.IsLong(Kills))
                TrialLength.Report($"{kills} times stopped in {runs + 1} runs of {whole.TotalSeconds:F1} s: {string.Join(", ", counts.Select(count => $"{count.Value} x {count.Key}"))}; every run ended with the same bytes");
        }
    }

    private string[] Command(string output) =>
    [
        "run", "--data", _images.Root, "--split", "train", "--out", _folder.At(output), "--backbone", "resnet18", "--backbone-weights", "none", "--batch", "2", "--crop", "80",
        "--cam-epochs", "3", "--irnet-epochs", "2", "--scales", "1", "--device", "cpu",
        .. TrialLength.IsLong(Kills) ? (string[])["--student", "both", "--student-iterations", "2"] : [],
    ];

    /// <summary>Digests of all that a run leaves but its notes, which tell times. The metrics are compared without the seconds of the stages.</summary>
    private static SortedDictionary<string, string> Outcome(string folder)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(folder, path);
            if (name.StartsWith("work", StringComparison.Ordinal) && !name.EndsWith(".safetensors", StringComparison.Ordinal))
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
