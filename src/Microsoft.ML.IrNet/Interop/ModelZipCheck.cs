using System.Buffers.Binary;
using System.IO.Compression;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>Looks at what ML.NET believes of a model file: it makes room for as many transformers as a chain claims to have.</summary>
internal static class ModelZipCheck
{
    // ML.NET's ModelHeader, which every part begins with: at 16 where the part's own data begin, at 80 the name of its loader. A chain's data begin with the number of its transformers.
    private const string Part = "Model.key";
    private const int HeaderLength = 256, DataAt = 16, LoaderAt = 80;

    private static ReadOnlySpan<byte> ChainLoader => "TransformerChain\0"u8;

    /// <summary>Reads the head of every part, and leaves the stream at its beginning.</summary>
    /// <exception cref="ModelFileException">A chain claims more transformers than the file has entries.</exception>
    /// <exception cref="InvalidDataException">It is no zip.</exception>
    public static void Require(Stream stream, string path)
    {
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
            foreach (ZipArchiveEntry entry in zip.Entries)
                if (entry.FullName.EndsWith(Part, StringComparison.OrdinalIgnoreCase) && Transformers(entry) is { } count && (uint)count > zip.Entries.Count)
                    throw new ModelFileException(path, $"is damaged: its part {entry.FullName} claims {count} transformers, and the file has {zip.Entries.Count} entries; save the model again or take another copy of the file.");
        stream.Position = 0;
    }

    // Null for a part that is no chain, or so short that ML.NET reads nothing of it either.
    private static int? Transformers(ZipArchiveEntry entry)
    {
        using Stream part = entry.Open();
        Span<byte> header = stackalloc byte[HeaderLength], number = stackalloc byte[sizeof(int)];
        if (part.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !header[LoaderAt..].StartsWith(ChainLoader))
            return null;
        long data = BinaryPrimitives.ReadInt64LittleEndian(header[DataAt..]);
        if (data < HeaderLength)
            return data >= 0 && data <= HeaderLength - sizeof(int) ? BinaryPrimitives.ReadInt32LittleEndian(header[(int)data..]) : null;
        Span<byte> skipped = stackalloc byte[HeaderLength];
        for (long at = HeaderLength; at < data;)
        {
            int read = part.Read(skipped[..(int)Math.Min(skipped.Length, data - at)]);
            if (read == 0)
                return null;
            at += read;
        }
        return part.ReadAtLeast(number, number.Length, throwOnEndOfStream: false) == number.Length ? BinaryPrimitives.ReadInt32LittleEndian(number) : null;
    }
}
