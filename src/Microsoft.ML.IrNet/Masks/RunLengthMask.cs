namespace Microsoft.ML.IrNet.Masks;

/// <summary>A binary mask as COCO run lengths: column-major, counts alternate between zeros and ones and start with zeros.</summary>
public sealed class RunLengthMask
{
    /// <summary>Wraps counts without copying them.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="counts">Run lengths, zeros first, summing to height x width.</param>
    public RunLengthMask(int height, int width, uint[] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        (Height, Width, Counts) = (height, width, counts);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Run lengths, zeros first.</summary>
    public uint[] Counts { get; }

    /// <summary>Encodes a row-major mask; any non-zero byte is part of it.</summary>
    public static RunLengthMask FromRowMajor(int height, int width, ReadOnlySpan<byte> mask)
    {
        var counts = new List<uint>();
        uint run = 0;
        bool inside = false;
        for (int x = 0; x < width; x++)
            for (int y = 0; y < height; y++)
            {
                bool value = mask[y * width + x] != 0;
                if (value != inside)
                {
                    counts.Add(run);
                    (run, inside) = (0, value);
                }
                run++;
            }
        counts.Add(run);
        return new RunLengthMask(height, width, [.. counts]);
    }

    /// <summary>Decodes to a row-major mask of zeros and ones.</summary>
    public byte[] ToRowMajor()
    {
        var mask = new byte[Height * Width];
        long position = 0;
        bool inside = false;
        foreach (uint count in Counts)
        {
            if (inside)
                for (long p = position; p < position + count; p++)
                    mask[(int)(p % Height) * Width + (int)(p / Height)] = 1;
            position += count;
            inside = !inside;
        }
        return mask;
    }
}
