using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Images and masks at the size of the network.</summary>
internal static class NetworkInput
{
    /// <summary>Normalises an image as ImageNet's, then resizes it bilinearly without antialiasing.</summary>
    /// <param name="image">The image.</param>
    /// <param name="height">Rows wanted, at least 1.</param>
    /// <param name="width">Columns wanted, at least 1.</param>
    /// <returns>[3, height, width].</returns>
    public static float[] Resize(RgbImage image, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        int plane = image.Height * image.Width;
        var normalised = new float[3 * plane];
        ImageNetNormalisation.ToChannelsFirst(image, normalised);
        if (image.Height == height && image.Width == width)
            return normalised;
        var (rows, columns) = (new BilinearAxis(image.Height, height, height), new BilinearAxis(image.Width, width, width));
        var resized = new float[3 * height * width];
        RowBands.For(3 * height, image.Width + 2L * width, (first, end) =>
        {
            var blended = new float[image.Width];
            for (int row = first; row < end; row++)
            {
                ReadOnlySpan<float> source = normalised.AsSpan(row / height * plane, plane);
                Bilinear.ResizeRow(source, image.Width, rows, columns, row % height, blended, resized.AsSpan(row * width, width));
            }
        });
        return resized;
    }

    /// <summary>Resizes a mask to the nearest pixel up and to the left: the source of row i is floor(i * height / new height).</summary>
    /// <param name="mask">[height, width].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="newHeight">Rows wanted, at least 1.</param>
    /// <param name="newWidth">Columns wanted, at least 1.</param>
    /// <returns>[newHeight, newWidth].</returns>
    public static byte[] ResizeMask(ReadOnlySpan<byte> mask, int height, int width, int newHeight, int newWidth)
    {
        ValueRange.RequireLength(mask.Length, (long)height * width, nameof(mask), "height x width");
        int[] columns = Sources(width, newWidth), rows = Sources(height, newHeight);
        var resized = new byte[newHeight * newWidth];
        for (int y = 0; y < newHeight; y++)
        {
            Span<byte> target = resized.AsSpan(y * newWidth, newWidth);
            if (y > 0 && rows[y] == rows[y - 1])
            {
                resized.AsSpan((y - 1) * newWidth, newWidth).CopyTo(target);
                continue;
            }
            ReadOnlySpan<byte> source = mask.Slice(rows[y] * width, width);
            for (int x = 0; x < target.Length; x++)
                target[x] = source[columns[x]];
        }
        return resized;
    }

    // Torch rounds the step to float32; the last bit decides where a product is a whole number.
    private static int[] Sources(int size, int newSize)
    {
        float step = (float)size / newSize;
        return [.. Enumerable.Range(0, newSize).Select(i => Math.Min((int)(i * step), size - 1))];
    }
}
