using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Remembers in a folder which stages are done, and with which options.</summary>
internal sealed class StageLedger(string folder)
{
    /// <summary>A digest of a stage's options and of the digest of the stage before it: equal only where all that led here is equal.</summary>
    public static string Fingerprint(string before, object options) =>
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(before + JsonSerializer.Serialize(options, options.GetType(), JsonTypes.Plain))));

    /// <summary>The last note of a stage; null where there is none that can be read.</summary>
    public StageNote? Find(RunStage stage)
    {
        try
        {
            return File.Exists(PathOf(stage)) ? StateFile.Read<StageNote>(PathOf(stage), note => note.IsWhole) : null;
        }
        catch (OutputException)
        {
            return null;
        }
    }

    /// <summary>Replaces the note of a stage.</summary>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    public void Put(RunStage stage, StageNote note) => StateFile.Write(PathOf(stage), note);

    private string PathOf(RunStage stage) => Path.Combine(folder, $"{stage}.json");
}
