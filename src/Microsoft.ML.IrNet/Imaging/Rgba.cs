namespace Microsoft.ML.IrNet.Imaging;

/// <summary>Pixels with a fourth byte, as other libraries store them.</summary>
internal static class Rgba
{
    /// <summary>Spreads a photograph to four bytes a pixel: R G B and opaque.</summary>
    public static byte[] From(RgbImage image)
    {
        ReadOnlySpan<byte> rgb = image.Pixels;
        var rgba = new byte[checked(image.Height * image.Width * 4)];
        for (int from = 0, to = 0; from < rgb.Length; from += 3, to += 4)
        {
            rgba[to] = rgb[from];
            rgba[to + 1] = rgb[from + 1];
            rgba[to + 2] = rgb[from + 2];
            rgba[to + 3] = 255;
        }
        return rgba;
    }
}
