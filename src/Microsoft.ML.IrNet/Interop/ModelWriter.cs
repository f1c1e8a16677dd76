using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>Writes one transformer's part of a model file: its settings as JSON and its weights as safetensors, each with its checksum.</summary>
internal sealed class ModelWriter
{
    /// <summary>The entry with the settings.</summary>
    public const string SettingsEntry = "settings.json";

    /// <summary>The entry with the weights.</summary>
    public const string WeightsEntry = "weights.safetensors";

    /// <summary>The entry with the version of the library that wrote the part.</summary>
    public const string LibraryEntry = "library";

    /// <summary>Ends the name of the entry with an entry's SHA-256.</summary>
    public const string ChecksumSuffix = ".sha256";

    private readonly ModelSaveContext _context;

    /// <summary>Begins the part.</summary>
    public ModelWriter(ModelSaveContext context, ModelFormat format)
    {
        context.CheckAtModel();
        context.SetVersionInfo(format.ToVersionInfo());
        context.SaveBinaryStream(LibraryEntry, writer => writer.Write(FormatVersion.Program));
        _context = context;
    }

    /// <summary>Writes the settings.</summary>
    public void WriteSettings<T>(T settings) => Write(SettingsEntry, stream => JsonSerializer.Serialize(stream, settings, ModelReader.Json));

    /// <summary>Writes a network's parameters and buffers.</summary>
    public void WriteWeights(torch.nn.Module network) => Write(WeightsEntry, stream => SafeTensors.Write(stream, ModuleWeights.Save(network)));

    private void Write(string entry, Action<Stream> write)
    {
        using SHA256 hash = SHA256.Create();
        _context.SaveBinaryStream(entry, writer =>
        {
            using var hashing = new CryptoStream(writer.BaseStream, hash, CryptoStreamMode.Write, leaveOpen: true);
            write(hashing);
        });
        // Zip readers, .NET's among them, take damaged contents for good ones as long as they decompress.
        _context.SaveBinaryStream(entry + ChecksumSuffix, writer => writer.Write(hash.Hash!));
    }
}
