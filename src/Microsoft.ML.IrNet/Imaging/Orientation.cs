using SkiaSharp;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>Turns stored pixels the way the EXIF orientation says they are to be seen.</summary>
internal static class Orientation
{
    public static bool SwapsAxes(SKEncodedOrigin origin) =>
        origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>Drops the fourth byte of every pixel and puts the pixel in its place.</summary>
    /// <param name="rgba">Row-major, R in the lowest byte; height x width.</param>
    /// <param name="height">Stored rows.</param>
    /// <param name="width">Stored columns.</param>
    /// <param name="origin">The corner of the seen image at which the stored one starts.</param>
    public static RgbImage ToRgb(ReadOnlySpan<uint> rgba, int height, int width, SKEncodedOrigin origin)
    {
        (int newHeight, int newWidth) = SwapsAxes(origin) ? (width, height) : (height, width);
        // Where stored pixel (0, 0) goes, and how far one stored column and one stored row move it.
        (int first, int column, int row) = origin switch
        {
            SKEncodedOrigin.TopRight => (newWidth - 1, -1, newWidth),
            SKEncodedOrigin.BottomRight => (height * width - 1, -1, -newWidth),
            SKEncodedOrigin.BottomLeft => ((newHeight - 1) * newWidth, 1, -newWidth),
            SKEncodedOrigin.LeftTop => (0, newWidth, 1),
            SKEncodedOrigin.RightTop => (newWidth - 1, newWidth, -1),
            SKEncodedOrigin.RightBottom => (height * width - 1, -newWidth, -1),
            SKEncodedOrigin.LeftBottom => ((newHeight - 1) * newWidth, -newWidth, 1),
            _ => (0, 1, newWidth),
        };
        var pixels = new byte[height * width * 3];
        for (int y = 0; y < height; y++)
        {
            int target = (first + y * row) * 3;
            foreach (uint pixel in rgba.Slice(y * width, width))
            {
                pixels[target] = (byte)pixel;
                pixels[target + 1] = (byte)(pixel >> 8);
                pixels[target + 2] = (byte)(pixel >> 16);
                target += column * 3;
            }
        }
        return new RgbImage(newHeight, newWidth, pixels);
    }
}
