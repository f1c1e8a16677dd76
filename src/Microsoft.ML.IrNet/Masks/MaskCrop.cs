namespace Microsoft.ML.IrNet.Masks;

/// <summary>The part of a mask that its box encloses, as other formats store masks.</summary>
/// <param name="Left">Column of the photograph at which it begins.</param>
/// <param name="Top">Row of the photograph at which it begins.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Pixels">Row-major; any non-zero byte is part of the mask.</param>
internal sealed record MaskCrop(int Left, int Top, int Height, int Width, byte[] Pixels)
{
    /// <summary>Cuts a mask to its tight box, which is empty for an empty mask; pixels are 0 and 1.</summary>
    public static MaskCrop Of(RunLengthMask mask)
    {
        (int left, int top, int right, int bottom) = mask.Bounds();
        (int height, int width) = (bottom - top, right - left);
        var pixels = new byte[height * width];
        long position = 0;
        for (int i = 0; i < mask.Counts.Length; i++)
        {
            long end = position + mask.Counts[i];
            if (i % 2 == 1)
                for (; position < end; position++)
                {
                    (long x, long y) = Math.DivRem(position, mask.Height);
                    pixels[(y - top) * width + x - left] = 1;
                }
            position = end;
        }
        return new MaskCrop(left, top, height, width, pixels);
    }

    /// <summary>Puts the crop back into its photograph.</summary>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <exception cref="DataSetException">It does not lie in a photograph of that size.</exception>
    public RunLengthMask ToMask(int height, int width)
    {
        RequireWithin(Left, Top, Height, Width, height, width);
        var runs = new RunLengthBuilder();
        runs.Add(false, (uint)((long)Left * height));
        for (int x = 0; x < Width; x++)
        {
            runs.Add(false, (uint)Top);
            for (int i = x; i < Pixels.Length; i += Width)
                runs.Add(Pixels[i] != 0, 1);
            runs.Add(false, (uint)(height - Top - Height));
        }
        runs.Add(false, (uint)((long)(width - Left - Width) * height));
        return new RunLengthMask(height, width, runs.ToCounts());
    }

    /// <summary>Refuses a box that does not lie in its photograph, before memory of its size is taken.</summary>
    /// <exception cref="DataSetException">It is empty or reaches beyond an edge.</exception>
    public static void RequireWithin(long left, long top, long boxHeight, long boxWidth, int height, int width)
    {
        if (left < 0 || top < 0 || boxHeight < 1 || boxWidth < 1 || boxHeight > height || boxWidth > width || left > width - boxWidth || top > height - boxHeight)
            throw new DataSetException("mask", $"its box begins at {left}, {top} and has {boxWidth} x {boxHeight} pixels, its photograph {width} x {height}; expected a box within the photograph.");
    }
}
