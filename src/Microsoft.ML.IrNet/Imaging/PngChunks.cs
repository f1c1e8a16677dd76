using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>PNG's container: a signature, then chunks of length, type, data and checksum (PNG specification, section 5).</summary>
internal static class PngChunks
{
    private static readonly uint[] CrcTable = [.. Enumerable.Range(0, 256).Select(i => CrcOf((uint)i))];

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The chunk at <paramref name="position"/>, which moves behind it; its checksum is right.</summary>
    /// <exception cref="ImageFileException">The file ends within the chunk, or the chunk is damaged.</exception>
    public static (string Type, int Offset, int Length) Next(ReadOnlySpan<byte> file, ref int position, string name)
    {
        ReadOnlySpan<byte> rest = file[position..];
        uint length = rest.Length >= 12 ? BinaryPrimitives.ReadUInt32BigEndian(rest) : 0;
        if (rest.Length < 12L + length)
            throw new ImageFileException(name, "is truncated: it ends within a PNG chunk; copy it again.");
        string type = Encoding.Latin1.GetString(rest.Slice(4, 4));
        if (BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]) != Crc(rest.Slice(4, 4 + (int)length)))
            throw new ImageFileException(name, $"is damaged: the checksum of its PNG chunk {type} is wrong; copy it again.");
        int offset = position + 8;
        position = offset + (int)length + 4;
        return (type, offset, (int)length);
    }

    /// <summary>Writes one chunk.</summary>
    public static void Write(Stream stream, string type, ReadOnlySpan<byte> data)
    {
        var typed = new byte[4 + data.Length];
        Encoding.Latin1.GetBytes(type, typed);
        data.CopyTo(typed.AsSpan(4));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        stream.Write(typed);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(typed));
        stream.Write(number);
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint CrcOf(uint value)
    {
        for (int bit = 0; bit < 8; bit++)
            value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
        return value;
    }
}
