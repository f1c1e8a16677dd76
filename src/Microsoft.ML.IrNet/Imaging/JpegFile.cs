using System.Runtime.InteropServices;
using SkiaSharp;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>Writes JPEG, for pictures that are looked at; labels are written as PNG.</summary>
public static class JpegFile
{
    /// <summary>The bytes of a JPEG file.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1..100.</param>
    public static byte[] Encode(RgbImage image, int quality = 90)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        var rgba = new byte[checked(4 * image.Height * image.Width)];
        for (int p = 0; p < image.Height * image.Width; p++)
        {
            image.Pixels.AsSpan(3 * p, 3).CopyTo(rgba.AsSpan(4 * p));
            rgba[4 * p + 3] = 255;
        }
        using var bitmap = new SKBitmap(new SKImageInfo(image.Width, image.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        Marshal.Copy(rgba, 0, bitmap.GetPixels(), rgba.Length);
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Jpeg, quality);
        return data.ToArray();
    }
}
