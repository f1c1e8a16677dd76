using Microsoft.ML.Data;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>Converts between ML.NET's images and ours.</summary>
public static class MLImagePixels
{
    /// <summary>Copies an ML.NET image's pixels; alpha is dropped.</summary>
    /// <exception cref="ArgumentException">The image is neither BGRA nor RGBA.</exception>
    public static RgbImage ToRgb(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        (int red, int blue) = image.PixelFormat switch
        {
            MLPixelFormat.Bgra32 => (2, 0),
            MLPixelFormat.Rgba32 => (0, 2),
            _ => throw new ArgumentException($"An image of pixel format {image.PixelFormat} cannot be read; expected Bgra32 or Rgba32.", nameof(image)),
        };
        ReadOnlySpan<byte> source = image.Pixels;
        var pixels = new byte[image.Height * image.Width * 3];
        for (int from = 0, to = 0; to < pixels.Length; from += 4, to += 3)
        {
            pixels[to] = source[from + red];
            pixels[to + 1] = source[from + 1];
            pixels[to + 2] = source[from + blue];
        }
        return new RgbImage(image.Height, image.Width, pixels);
    }

    /// <summary>Copies a photograph into an ML.NET image, which the caller disposes.</summary>
    public static MLImage ToMLImage(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return MLImage.CreateFromPixels(image.Width, image.Height, MLPixelFormat.Rgba32, Rgba.From(image));
    }
}
