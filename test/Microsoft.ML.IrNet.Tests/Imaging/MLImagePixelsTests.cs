using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Imaging;

public class MLImagePixelsTests
{
    [Fact]
    public void Pixels_survive_the_way_through_an_MLImage()
    {
        RgbImage image = Pictures.Gradient(7, 11);
        using MLImage converted = MLImagePixels.ToMLImage(image);
        Assert.Equal((7, 11), (converted.Height, converted.Width));
        Assert.Equal(image.Pixels, MLImagePixels.ToRgb(converted).Pixels);
    }

    [Fact]
    public void What_ML_NET_decodes_has_the_pixels_that_we_decode()
    {
        byte[] jpeg = PngFile.EncodeJpeg(Pictures.Gradient(33, 20));
        using var theirs = MLImage.CreateFromStream(new MemoryStream(jpeg));
        Assert.Equal(MLPixelFormat.Bgra32, theirs.PixelFormat);
        Assert.Equal(ImageFile.Read(new MemoryStream(jpeg), "test image").Pixels, MLImagePixels.ToRgb(theirs).Pixels);
    }
}
