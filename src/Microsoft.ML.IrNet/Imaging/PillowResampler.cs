namespace Microsoft.ML.IrNet.Imaging;

/// <summary>Resizes as Pillow does, to the bit: 8-bit antialiased bicubic (a = -0.5) for photographs, nearest neighbour for label maps.</summary>
public static class PillowResampler
{
    /// <summary>Resizes a photograph.</summary>
    /// <param name="image">The photograph; itself the result where it has that size already.</param>
    /// <param name="height">New rows, at least 1.</param>
    /// <param name="width">New columns, at least 1.</param>
    public static RgbImage Bicubic(RgbImage image, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (image.Width != width)
            image = BicubicPass.Columns(image, BicubicKernel.Create(image.Width, width));
        if (image.Height != height)
            image = BicubicPass.Rows(image, BicubicKernel.Create(image.Height, height));
        return image;
    }

    /// <summary>Resizes a label map; every label comes from the source pixel under the new pixel's centre.</summary>
    /// <param name="map">The map; itself the result where it has that size already.</param>
    /// <param name="height">New rows, at least 1.</param>
    /// <param name="width">New columns, at least 1.</param>
    public static LabelMap Nearest(LabelMap map, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (map.Height == height && map.Width == width)
            return map;
        int[] rows = SourceIndices(map.Height, height);
        int[] columns = SourceIndices(map.Width, width);
        var labels = new byte[height * width];
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<byte> source = map.Labels.AsSpan(rows[y] * map.Width, map.Width);
            Span<byte> target = labels.AsSpan(y * width, width);
            for (int x = 0; x < target.Length; x++)
                target[x] = source[columns[x]];
        }
        return new LabelMap(height, width, labels);
    }

    /// <summary>Resizes a photograph by a factor; see <see cref="ScaledSize"/>.</summary>
    public static RgbImage Rescale(RgbImage image, double scale)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Bicubic(image, ScaledSize(image.Height, scale), ScaledSize(image.Width, scale));
    }

    /// <summary>Resizes a label map by a factor; see <see cref="ScaledSize"/>.</summary>
    public static LabelMap Rescale(LabelMap map, double scale)
    {
        ArgumentNullException.ThrowIfNull(map);
        return Nearest(map, ScaledSize(map.Height, scale), ScaledSize(map.Width, scale));
    }

    /// <summary>The size after scaling: rounded, halves to even, at least 1.</summary>
    /// <param name="size">Rows or columns.</param>
    /// <param name="scale">Above 0.</param>
    public static int ScaledSize(int size, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        return Math.Max(1, checked((int)Math.Round(size * scale, MidpointRounding.ToEven)));
    }

    // Pillow adds up the step instead of multiplying it; the last bits decide where a centre falls on a pixel's edge.
    private static int[] SourceIndices(int size, int newSize)
    {
        double step = (double)size / newSize;
        double centre = step * 0.5;
        var indices = new int[newSize];
        for (int i = 0; i < newSize; i++, centre += step)
            indices[i] = Math.Min((int)centre, size - 1);
        return indices;
    }
}
