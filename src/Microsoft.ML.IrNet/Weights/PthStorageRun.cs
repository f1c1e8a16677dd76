using System.Buffers.Binary;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>Storages that follow each other in a stream, each as a 64-bit number of elements and the elements.</summary>
internal sealed class PthStorageRun(Stream stream)
{
    private readonly Dictionary<string, (long Begin, int Length)> _storages = new(StringComparer.Ordinal);

    /// <summary>Notes where the storage at the stream's position lies, and moves behind it.</summary>
    /// <returns>The number of its elements.</returns>
    /// <exception cref="InvalidDataException">The storage's length is impossible.</exception>
    /// <exception cref="EndOfStreamException">The stream ends within the storage.</exception>
    public long Add(string key, StoredType type)
    {
        Span<byte> prefix = stackalloc byte[8];
        stream.ReadExactly(prefix);
        long count = BinaryPrimitives.ReadInt64LittleEndian(prefix), begin = stream.Position;
        Int128 length = (Int128)count * type.Size();
        if (length < 0 || length > Array.MaxLength || !_storages.TryAdd(key, (begin, (int)length)))
            throw new InvalidDataException($"its storage '{key}' has an impossible length or comes twice");
        if (length > stream.Length - begin)
            throw new EndOfStreamException();
        stream.Position = begin + (long)length;
        return count;
    }

    /// <summary>Reads a storage's bytes.</summary>
    /// <exception cref="InvalidDataException">There is no such storage.</exception>
    public byte[] Read(string key)
    {
        if (!_storages.TryGetValue(key, out var place))
            throw new InvalidDataException($"its storage '{key}' is missing");
        byte[] bytes = new byte[place.Length];
        stream.Position = place.Begin;
        stream.ReadExactly(bytes);
        return bytes;
    }
}
