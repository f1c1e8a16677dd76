using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Tests.Rendering;

internal static class Pictures
{
    public static RgbImage Noise(int height, int width)
    {
        var pixels = new byte[height * width * 3];
        new Random(7).NextBytes(pixels);
        return new RgbImage(height, width, pixels);
    }

    public static (int Red, int Green, int Blue) At(RgbImage image, int pixel) =>
        (image.Pixels[3 * pixel], image.Pixels[3 * pixel + 1], image.Pixels[3 * pixel + 2]);
}
