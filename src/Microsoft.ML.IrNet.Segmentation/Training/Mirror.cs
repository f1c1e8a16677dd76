using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>Mirrors left to right.</summary>
internal static class Mirror
{
    public static RgbImage Flip(RgbImage image)
    {
        var pixels = new byte[image.Pixels.Length];
        for (int y = 0; y < image.Height; y++)
            for (int x = 0; x < image.Width; x++)
                image.Pixels.AsSpan((y * image.Width + x) * 3, 3).CopyTo(pixels.AsSpan((y * image.Width + image.Width - 1 - x) * 3));
        return new RgbImage(image.Height, image.Width, pixels);
    }

    public static BoundingBox Flip(BoundingBox box, int width) => new(width - box.X1, box.Y0, width - box.X0, box.Y1);

    /// <summary>In place: values of one byte a pixel.</summary>
    public static void Flip(Span<byte> pixels, int width)
    {
        for (int row = 0; row < pixels.Length; row += width)
            pixels.Slice(row, width).Reverse();
    }
}
