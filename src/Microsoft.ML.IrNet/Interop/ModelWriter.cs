using System.Text.Json;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>Writes one transformer's part of a model file: its settings as JSON, its weights as safetensors.</summary>
internal sealed class ModelWriter
{
    /// <summary>The entry with the settings.</summary>
    public const string SettingsEntry = "settings.json";

    /// <summary>The entry with the weights.</summary>
    public const string WeightsEntry = "weights.safetensors";

    private readonly ModelSaveContext _context;

    /// <summary>Begins the part.</summary>
    public ModelWriter(ModelSaveContext context, ModelFormat format)
    {
        context.CheckAtModel();
        context.SetVersionInfo(format.ToVersionInfo());
        _context = context;
    }

    /// <summary>Writes the settings.</summary>
    public void WriteSettings<T>(T settings) =>
        _context.SaveBinaryStream(SettingsEntry, writer => writer.Write(JsonSerializer.SerializeToUtf8Bytes(settings, ModelReader.Json)));

    /// <summary>Writes a network's parameters and buffers.</summary>
    public void WriteWeights(torch.nn.Module network) =>
        _context.SaveBinaryStream(WeightsEntry, writer => SafeTensors.Write(writer.BaseStream, ModuleWeights.Save(network)));
}
