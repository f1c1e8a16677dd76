using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Imaging;

/// <summary>An 8-bit RGB photograph in memory.</summary>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed class RgbImage
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="pixels">Row-major, R G B of one pixel side by side; height x width x 3 bytes.</param>
    public RgbImage(int height, int width, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.LongLength != (long)height * width * 3)
            throw new ArgumentException($"{pixels.LongLength} bytes do not make a {height} x {width} RGB image.", nameof(pixels));
        (Height, Width, Pixels) = (height, width, pixels);
    }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Row-major, R G B of one pixel side by side.</summary>
    public byte[] Pixels { get; }
}
