using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>Label maps as PNG files of palette indices (or of grey values taken as indices), the form of PASCAL VOC's masks.</summary>
public static class PalettePng
{
    // Deflate cannot shrink data by more; a file that claims to is refused before memory is taken for it.
    private const long MaximumCompression = 1032;

    private static readonly byte[] Palette = CreateVocPalette();

    /// <summary>VOC's colours, R G B for each of the 256 indices.</summary>
    public static ReadOnlySpan<byte> VocPalette => Palette;

    /// <summary>Reads the indices of a palette PNG, or the values of a grey one, of 1, 2, 4 or 8 bits.</summary>
    /// <exception cref="ImageFileException">The file is missing, not readable, truncated, damaged, interlaced, or a PNG of colours rather than indices.</exception>
    public static LabelMap Read(string path) => Decode(ImageFile.ReadBytes(path), path);

    /// <summary>Reads the rest of a stream as such a PNG.</summary>
    /// <param name="stream">The file; it stays open.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="ImageFileException">As for <see cref="Read(string)"/>.</exception>
    public static LabelMap Read(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return Decode(buffer.ToArray(), name);
    }

    /// <summary>Writes an 8-bit palette PNG with VOC's colours.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, LabelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        AtomicFile.Write(path, stream => Write(stream, map));
    }

    /// <summary>Writes an 8-bit palette PNG with VOC's colours.</summary>
    public static void Write(Stream stream, LabelMap map)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(map);
        Write(stream, map, PngHeader.PaletteColour);
    }

    /// <summary>Writes the labels as the values of an 8-bit grey PNG.</summary>
    internal static void WriteGrey(Stream stream, LabelMap map) => Write(stream, map, PngHeader.GreyColour);

    /// <summary>Reads a file that has to be of a size, which is seen before memory is taken for its pixels.</summary>
    /// <exception cref="ImageFileException">As for <see cref="Read(string)"/>, or it is of another size.</exception>
    internal static LabelMap Read(byte[] file, string name, int height, int width) => Decode(file, name, (height, width));

    private static void Write(Stream stream, LabelMap map, byte colour)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, map.Width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), map.Height);
        (header[8], header[9]) = (8, colour);
        using var rows = new MemoryStream();
        using (var deflate = new ZLibStream(rows, CompressionLevel.Optimal, leaveOpen: true))
            for (int y = 0; y < map.Height; y++)
            {
                // Filter 0: neighbouring indices are equal or unrelated, so differences would not help.
                deflate.WriteByte(0);
                deflate.Write(map.Labels, y * map.Width, map.Width);
            }
        stream.Write(PngChunks.Signature);
        PngChunks.Write(stream, "IHDR", header);
        if (colour == PngHeader.PaletteColour)
            PngChunks.Write(stream, "PLTE", Palette);
        PngChunks.Write(stream, "IDAT", rows.GetBuffer().AsSpan(0, (int)rows.Length));
        PngChunks.Write(stream, "IEND", []);
    }

    private static LabelMap Decode(byte[] file, string name, (int Height, int Width)? expected = null)
    {
        if (!file.AsSpan().StartsWith(PngChunks.Signature))
            throw new ImageFileException(name, file.Length == 0 ? "is empty (0 bytes); copy it again." : "is no PNG file; label maps are palette PNGs.");
        int position = PngChunks.Signature.Length;
        (string type, int offset, int length) = PngChunks.Next(file, ref position, name);
        if (type != "IHDR" || length != 13)
            throw new ImageFileException(name, "is damaged: a PNG starts with a header of 13 bytes; copy it again.");
        PngHeader header = PngHeader.Parse(file.AsSpan(offset, length), name);
        if (expected is { } wanted && wanted != (header.Height, header.Width))
            throw new ImageFileException(name, $"is {header.Width} x {header.Height} pixels; expected {wanted.Width} x {wanted.Height}.");
        using var compressed = new MemoryStream();
        while ((type, offset, length) is not ("IEND", _, _))
        {
            (type, offset, length) = PngChunks.Next(file, ref position, name);
            if (type == "IDAT")
                compressed.Write(file, offset, length);
        }
        long size = (long)header.Height * (1 + header.RowBytes);
        if (size > (compressed.Length + 1) * MaximumCompression)
            throw new ImageFileException(name, $"is damaged: it declares {header.Width} x {header.Height} pixels and holds {compressed.Length} bytes; copy it again.");
        compressed.Position = 0;
        return header.Unpack(Inflate(compressed, header, name));
    }

    private static byte[] Inflate(Stream compressed, PngHeader header, string name)
    {
        var rows = new byte[header.Height * header.RowBytes];
        var row = new byte[1 + header.RowBytes];
        Span<byte> above = new byte[header.RowBytes];
        try
        {
            using var inflate = new ZLibStream(compressed, CompressionMode.Decompress);
            for (int y = 0; y < header.Height; y++)
            {
                inflate.ReadExactly(row);
                if (row[0] > 4)
                    throw new ImageFileException(name, $"is damaged: row {y} has the unknown filter {row[0]}; copy it again.");
                Span<byte> current = rows.AsSpan(y * header.RowBytes, header.RowBytes);
                PngFilter.Undo(row[0], row.AsSpan(1), above, current);
                above = current;
            }
            return rows;
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            throw new ImageFileException(name, "is truncated or damaged: its pixels cannot be unpacked; copy it again.", error);
        }
    }

    // Bits 0, 3, 6 of the index are the high bits of red, 1, 4, 7 those of green, 2, 5 those of blue (VOC development kit, VOClabelcolormap).
    private static byte[] CreateVocPalette()
    {
        var palette = new byte[768];
        for (int index = 0; index < 256; index++)
            for (int bit = 0; bit < 8; bit++)
                palette[3 * index + bit % 3] |= (byte)(((index >> bit) & 1) << (7 - bit / 3));
        return palette;
    }
}
