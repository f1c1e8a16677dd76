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
    public bool IsDone(RunStage stage, object options)
    {
        string text = _chain + JsonSerializer.Serialize(options, options.GetType());
        _chain = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return Read(stage)?.Fingerprint == _chain;
    }

    /// <summary>How long the work on disk took.</summary>
    public double SecondsOf(RunStage stage) => Read(stage)?.Seconds ?? 0;

    public void Begin(RunStage stage)
    {
        if (File.Exists(PathOf(stage)))
            File.Delete(PathOf(stage));
    }

    public void Complete(RunStage stage, double seconds) =>
        AtomicFile.WriteText(PathOf(stage), JsonSerializer.Serialize(new Entry(_chain, seconds), Json));

    private Entry? Read(RunStage stage)
    {
        if (!File.Exists(PathOf(stage)))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Entry>(File.ReadAllText(PathOf(stage)));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string PathOf(RunStage stage) => Path.Combine(folder, $"{stage}.done.json");

    private sealed record Entry(string Fingerprint, double Seconds);
}
