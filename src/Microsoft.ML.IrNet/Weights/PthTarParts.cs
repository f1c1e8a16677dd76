using System.Text;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>The files in a tar. (The platform's reader takes memory for extended headers of whatever size they claim, before it looks whether they are there.)</summary>
internal static class PthTarParts
{
    // POSIX ustar: blocks of 512 bytes; of a header, the name is at 0, the size in octal digits at 124, the kind at 156.
    private const int Block = 512, NameLength = 100, Size = 124, SizeLength = 12, Kind = 156;

    /// <summary>Finds the files by name, without reading them.</summary>
    /// <exception cref="InvalidDataException">A header is damaged, or a name occurs twice.</exception>
    /// <exception cref="EndOfStreamException">The tar ends within a file.</exception>
    public static Dictionary<string, Stream> Open(Stream file)
    {
        var parts = new Dictionary<string, Stream>(StringComparer.Ordinal);
        Span<byte> header = stackalloc byte[Block];
        for (long position = 0; TryRead(file, position, header);)
        {
            long begin = position + Block, length = Octal(header.Slice(Size, SizeLength));
            if (length > file.Length - begin)
                throw new EndOfStreamException();
            // Folders, links and notes about the files are passed over.
            string name = Name(header[..NameLength]);
            if (header[Kind] is 0 or (byte)'0' && !parts.TryAdd(name, new PthTarPart(file, begin, length)))
                throw new InvalidDataException($"its tar holds '{name}' twice");
            position = begin + (length + Block - 1) / Block * Block;
        }
        return parts;
    }

    // A block of zeros ends the tar.
    private static bool TryRead(Stream file, long position, Span<byte> header)
    {
        file.Position = position;
        file.ReadExactly(header);
        return header[0] != 0;
    }

    private static string Name(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.Latin1.GetString(end < 0 ? field : field[..end]);
    }

    // At most twelve digits: below 2^36.
    private static long Octal(ReadOnlySpan<byte> field)
    {
        long value = 0;
        foreach (byte digit in field.Trim(" \0"u8))
            value = digit is >= (byte)'0' and <= (byte)'7' ? 8 * value + digit - '0' : throw new InvalidDataException("its tar is damaged: a size is no number");
        return value;
    }
}
