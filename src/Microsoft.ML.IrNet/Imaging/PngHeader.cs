using System.Buffers.Binary;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>The header of a PNG of indices (PNG specification, section 11.2.2).</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="BitDepth">1, 2, 4 or 8 bits a pixel.</param>
internal sealed record PngHeader(int Height, int Width, int BitDepth)
{
    public const byte GreyColour = 0;
    public const byte PaletteColour = 3;

    /// <summary>Bytes of a row, without its filter byte.</summary>
    public int RowBytes => (int)(((long)Width * BitDepth + 7) / 8);

    /// <exception cref="ImageFileException">The image is of no kind that holds indices, or too large.</exception>
    public static PngHeader Parse(ReadOnlySpan<byte> data, string name)
    {
        uint width = BinaryPrimitives.ReadUInt32BigEndian(data);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]);
        (byte depth, byte colour, byte compression, byte filter, byte interlace) = (data[8], data[9], data[10], data[11], data[12]);
        if (width == 0 || height == 0 || (ulong)width * height > ImageFile.MaximumPixels)
            throw new ImageFileException(name, $"declares {width} x {height} pixels; at least 1 x 1 and at most {ImageFile.MaximumPixels / 1_000_000} megapixels were expected.");
        if (colour is not (GreyColour or PaletteColour))
            throw new ImageFileException(name, $"holds colours (PNG colour type {colour}), not label indices; save it as a palette PNG (type 3) or an 8-bit grey one (type 0).");
        if (depth is not (1 or 2 or 4 or 8))
            throw new ImageFileException(name, $"has {depth} bits a pixel; label maps have 1, 2, 4 or 8.");
        if (interlace != 0)
            throw new ImageFileException(name, "is an interlaced PNG, which is not supported for label maps; save it without interlacing.");
        if (compression != 0 || filter != 0)
            throw new ImageFileException(name, $"has the unknown PNG compression {compression} or filter method {filter}; save it again.");
        return new PngHeader((int)height, (int)width, depth);
    }

    /// <summary>Spreads packed pixels, the leftmost in the highest bits, to one byte each.</summary>
    public LabelMap Unpack(byte[] rows)
    {
        if (BitDepth == 8)
            return new LabelMap(Height, Width, rows);
        var labels = new byte[Height * Width];
        int perByte = 8 / BitDepth;
        int mask = (1 << BitDepth) - 1;
        for (int y = 0; y < Height; y++)
            for (int x = 0; x < Width; x++)
            {
                int shift = (perByte - 1 - x % perByte) * BitDepth;
                labels[y * Width + x] = (byte)((rows[y * RowBytes + x / perByte] >> shift) & mask);
            }
        return new LabelMap(Height, Width, labels);
    }
}
