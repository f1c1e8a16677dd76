using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>Makes image files of kinds that no encoder at hand writes.</summary>
internal static class Pictures
{
    /// <summary>A photograph whose pixels all differ from their neighbours.</summary>
    public static RgbImage Gradient(int height, int width)
    {
        var pixels = new byte[height * width * 3];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int i = (y * width + x) * 3;
                (pixels[i], pixels[i + 1], pixels[i + 2]) = ((byte)(255 * y / height), (byte)(255 * x / width), (byte)((7 * x + 13 * y) % 256));
            }
        return new RgbImage(height, width, pixels);
    }

    /// <summary>A PNG of the given header fields and rows, each row led by its filter byte.</summary>
    public static byte[] Png(int height, int width, byte depth, byte colour, byte[] rows, byte interlace = 0)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9], header[12]) = (depth, colour, interlace);
        using var compressed = new MemoryStream();
        using (var deflate = new ZLibStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(rows);
        using var file = new MemoryStream();
        file.Write(PngChunks.Signature);
        PngChunks.Write(file, "IHDR", header);
        if (colour == 3)
            PngChunks.Write(file, "PLTE", PalettePng.VocPalette);
        PngChunks.Write(file, "IDAT", compressed.ToArray());
        PngChunks.Write(file, "IEND", []);
        return file.ToArray();
    }

    /// <summary>A JPEG with an EXIF orientation of 1 to 8.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
            (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8, // big-endian TIFF, directory at 8
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, // one entry: orientation, one short
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>An 8 x 8 JPEG of one colour, with as many components as values; four are CMYK as Adobe stores it, inverted.</summary>
    public static byte[] FlatJpeg(params byte[] values)
    {
        byte count = (byte)values.Length;
        byte[] components = [.. Enumerable.Range(1, count).SelectMany(id => new byte[] { (byte)id, 0x11, 0 })];
        byte[] scan = [.. Enumerable.Range(1, count).SelectMany(id => new byte[] { (byte)id, 0 })];
        byte[] adobe = [0xFF, 0xEE, 0, 14, (byte)'A', (byte)'d', (byte)'o', (byte)'b', (byte)'e', 0, 100, 0, 0, 0, 0, 0];
        // Every coefficient is quantised by 8, so that the one that is stored is the value less 128.
        byte[] quantisation = [0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64)];
        byte[] frame = [0xFF, 0xC0, 0, (byte)(8 + 3 * count), 8, 0, 8, 0, 8, count, .. components];
        // Nine DC codes of four bits, for differences of 0 to 8 bits; one AC code of one bit, for the end of the block.
        byte[] dcCodes = [0xFF, 0xC4, 0, 28, 0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8];
        byte[] acCodes = [0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        byte[] scanHeader = [0xFF, 0xDA, 0, (byte)(6 + 2 * count), count, .. scan, 0, 63, 0];
        return [0xFF, 0xD8, .. adobe, .. quantisation, .. frame, .. dcCodes, .. acCodes, .. scanHeader, .. FlatBlocks(values), 0xFF, 0xD9];
    }

    private static IEnumerable<byte> FlatBlocks(byte[] values)
    {
        var bits = new System.Text.StringBuilder();
        foreach (int value in values.Select(value => value - 128))
        {
            int size = value == 0 ? 0 : 32 - int.LeadingZeroCount(Math.Abs(value));
            int stored = value < 0 ? value + (1 << size) - 1 : value;
            bits.Append(Convert.ToString(size, 2).PadLeft(4, '0'));
            if (size > 0)
                bits.Append(Convert.ToString(stored, 2).PadLeft(size, '0'));
            bits.Append('0');
        }
        bits.Append('1', (8 - bits.Length % 8) % 8);
        foreach (char[] chunk in bits.ToString().Chunk(8))
        {
            byte value = Convert.ToByte(new string(chunk), 2);
            yield return value;
            if (value == 0xFF)
                yield return 0;
        }
    }
}
