using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Remembers which stages are done, and with which options: a stage is done again only where its own options, or those of a stage before it, changed.</summary>
internal sealed class StageLedger(string folder)
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };
    private string _chain = "";

    /// <summary>Chains a stage's options to those of the stages before it and tells whether the work on disk was made with just these.</summary>
    public bool IsDone(RunStage stage, object options, out double seconds)
    {
        string text = _chain + JsonSerializer.Serialize(options, options.GetType());
        _chain = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        seconds = 0;
        if (!File.Exists(PathOf(stage)))
            return false;
        try
        {
            Entry? entry = JsonSerializer.Deserialize<Entry>(File.ReadAllText(PathOf(stage)));
            seconds = entry?.Seconds ?? 0;
            return entry?.Fingerprint == _chain;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public void Begin(RunStage stage)
    {
        if (File.Exists(PathOf(stage)))
            File.Delete(PathOf(stage));
    }

    public void Complete(RunStage stage, double seconds) =>
        AtomicFile.WriteText(PathOf(stage), JsonSerializer.Serialize(new Entry(_chain, seconds), Json));

    private string PathOf(RunStage stage) => Path.Combine(folder, $"{stage}.done.json");

    private sealed record Entry(string Fingerprint, double Seconds);
}
