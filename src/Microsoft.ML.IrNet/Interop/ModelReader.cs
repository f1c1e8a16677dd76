using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>Reads what <see cref="ModelWriter"/> wrote.</summary>
internal sealed class ModelReader
{
    /// <summary>How settings are written.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        TypeInfoResolver = JsonTypes.Resolver,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly ModelLoadContext _context;
    private readonly string _part;
    private StateDict? _weights;

    /// <summary>Begins the part; ML.NET's own error where it is of another kind.</summary>
    /// <exception cref="ModelFileException">It is of a later version.</exception>
    public ModelReader(ModelLoadContext context, ModelFormat format)
    {
        if (context.Header.ModelVerReadable > ModelFormat.Version)
        {
            string newer = "a later version";
            context.TryLoadBinaryStream(ModelWriter.LibraryEntry, reader => newer = $"version {reader.ReadString()}");
            throw new ModelFileException(format.Loader, $"was saved by {newer} of this library, and this one, {FormatVersion.Program}, is too old to read it; use that version or a later one.");
        }
        context.CheckAtModel(format.ToVersionInfo());
        (_context, _part) = (context, format.Loader);
    }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="ModelFileException">They are missing or not of this form.</exception>
    public T ReadSettings<T>() => Read(ModelWriter.SettingsEntry, stream =>
        JsonSerializer.Deserialize<T>(stream, Json) ?? throw new JsonException("The settings are null."));

    /// <summary>Makes sure that the weights have what the settings claim, before memory is taken for a network of that size: the file is then as large.</summary>
    /// <exception cref="ModelFileException">They have not, or cannot be read.</exception>
    public void RequireWeight(string name, params long[] shape)
    {
        _weights ??= OpenWeights();
        if (!_weights.TryGetValue(name, out StoredTensor? weight) || !weight.Shape.AsSpan().SequenceEqual(shape))
            throw Damaged(ModelWriter.SettingsEntry, $"describes a network whose '{name}' has the shape [{string.Join(", ", shape)}], and the weights beside it are of another", null);
    }

    /// <summary>Reads a network's parameters and buffers into it.</summary>
    /// <exception cref="ModelFileException">They are missing, damaged, or of another network.</exception>
    public void ReadWeights(torch.nn.Module network)
    {
        _weights ??= OpenWeights();
        try
        {
            ModuleWeights.Load(network, _weights).RequireComplete(WeightsName);
        }
        catch (WeightsException error)
        {
            throw Damaged(ModelWriter.WeightsEntry, $"cannot be read ({error.Message})", error);
        }
        _weights = null;
    }

    private string WeightsName => $"{_part}/{ModelWriter.WeightsEntry}";

    private StateDict OpenWeights() => Read(ModelWriter.WeightsEntry, stream => SafeTensors.Read(stream, WeightsName));

    private T Read<T>(string entry, Func<Stream, T> read)
    {
        try
        {
            byte[] expected = Open(entry + ModelWriter.ChecksumSuffix, stream => new BinaryReader(stream).ReadBytes(SHA256.HashSizeInBytes));
            if (!Open(entry, SHA256.HashData).AsSpan().SequenceEqual(expected))
                throw Damaged(entry, "is damaged: its checksum differs", null);
            return Open(entry, read);
        }
        catch (Exception error) when (error is JsonException or WeightsException or IOException or InvalidDataException)
        {
            throw Damaged(entry, $"cannot be read ({error.Message})", error);
        }
    }

    private T Open<T>(string entry, Func<Stream, T> read)
    {
        T? result = default;
        return _context.TryLoadBinaryStream(entry, reader => result = read(reader.BaseStream)) ? result! : throw Damaged(entry, "is missing", null);
    }

    private ModelFileException Damaged(string entry, string problem, Exception? cause) =>
        new($"{_part}/{entry}", $"{problem}; save the model again or take another copy of the file.", cause);
}
