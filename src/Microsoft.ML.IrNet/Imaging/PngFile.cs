using Microsoft.ML.IrNet.Files;
using SkiaSharp;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>Encodes photographs.</summary>
public static class PngFile
{
    /// <summary>Writes an RGB PNG.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void Write(string path, RgbImage image) => AtomicFile.WriteBytes(path, Encode(image));

    /// <summary>Encodes as PNG, without loss.</summary>
    public static byte[] Encode(RgbImage image) => Encode(image, SKEncodedImageFormat.Png, 100);

    /// <summary>Encodes as JPEG.</summary>
    /// <param name="image">The photograph; at most 65,535 pixels a side.</param>
    /// <param name="quality">1..100.</param>
    public static byte[] EncodeJpeg(RgbImage image, int quality = 90)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encode(image, SKEncodedImageFormat.Jpeg, quality);
    }

    private static byte[] Encode(RgbImage image, SKEncodedImageFormat format, int quality)
    {
        ArgumentNullException.ThrowIfNull(image);
        using SKImage pixels = SKImage.FromPixelCopy(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), Rgba.From(image));
        using SKData data = pixels.Encode(format, quality)
            ?? throw new ArgumentException($"A {image.Height} x {image.Width} image cannot be encoded as {format}.", nameof(image));
        return data.ToArray();
    }
}
