using System.Buffers.Binary;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>Reads and writes safetensors files: a 64-bit header length, a JSON header, the raw tensors.</summary>
public static class SafeTensors
{
    // The limit of the format's own library.
    private const int LongestHeader = 100_000_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable or no valid safetensors file.</exception>
    public static StateDict Read(string path) => WeightStream.Read(path, Read);

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The contents; need not be seekable.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="WeightsException">The contents are no valid safetensors file.</exception>
    public static StateDict Read(Stream stream, string name) => WeightStream.Read(stream, name, Read);

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        AtomicFile.Write(path, stream => Write(stream, weights));
    }

    /// <summary>Writes the tensors to a stream, which stays open.</summary>
    public static void Write(Stream stream, StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(weights);
        // The widest types come first, so that every tensor is aligned to its elements.
        StoredTensor[] stored = [.. weights.Values.OrderByDescending(tensor => tensor.Type.Size())];
        byte[] header = SafeTensorsHeader.Write(weights, stored);
        Span<byte> length = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (StoredTensor tensor in stored)
            stream.Write(tensor.Data.Span);
    }

    private static StateDict Read(Stream stream)
    {
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        long rest = stream.Length - prefix.Length;
        if (length > (ulong)rest || length > LongestHeader)
            throw new InvalidDataException($"no safetensors file, or a truncated one: its header would take {length} of the {rest} bytes that follow");
        byte[] json = new byte[length];
        stream.ReadExactly(json);
        SafeTensorsHeader header = SafeTensorsHeader.Parse(json, rest - (long)length);
        long start = stream.Position;
        return new StateDict(header.Entries.Select(entry =>
        {
            byte[] data = new byte[entry.End - entry.Begin];
            stream.Position = start + entry.Begin;
            stream.ReadExactly(data);
            return new StoredTensor(entry.Name, entry.Type, entry.Shape, data);
        }), header.Metadata);
    }
}
