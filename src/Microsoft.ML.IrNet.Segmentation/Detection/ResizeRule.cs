namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>The size at which the network sees an image.</summary>
internal static class ResizeRule
{
    /// <summary>
    /// Scales the shorter side to a length, or the longer side to its limit where that is less. In float32, a reciprocal and then a product, as published: a quarter of
    /// all sizes come out a pixel short.
    /// </summary>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="shorter">Pixels wanted along the shorter side.</param>
    /// <param name="longer">The most pixels along the longer side.</param>
    /// <returns>Rows and columns; a side that would vanish gets one pixel.</returns>
    public static (int Height, int Width) Size(int height, int width, int shorter, int longer)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        float scale = MathF.Min(1f / Math.Min(height, width) * shorter, 1f / Math.Max(height, width) * longer);
        return (Math.Max(1, (int)((double)scale * height)), Math.Max(1, (int)((double)scale * width)));
    }
}
