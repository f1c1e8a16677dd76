using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Imaging;

public class ImageFileParityTests
{
    [SkippableTheory]
    [InlineData("astro")]
    [InlineData("cat")]
    [InlineData("coffee")]
    [InlineData("rocket")]
    [InlineData("syn0")]
    [InlineData("syn1")]
    public void Decodes_the_pixels_that_Pillow_decodes(string name)
    {
        var golden = new GoldenSet("images");
        Assert.Equal(golden.Read<byte>(name + "_jpgdecoded"), ImageFile.Read(golden.PathOf(name + ".jpg")).Pixels);
        Assert.Equal(golden.Read<byte>(name), ImageFile.Read(golden.PathOf(name + ".png")).Pixels);
    }

    [SkippableFact]
    public void Normalises_as_the_published_code_does()
    {
        var images = new GoldenSet("images");
        var golden = new GoldenSet("cam_syn1");
        int[] shape = images.Shape("syn1");
        var image = new RgbImage(shape[0], shape[1], images.Read<byte>("syn1"));
        foreach (string array in golden.Names.Where(array => array.StartsWith("tensor_", StringComparison.Ordinal)))
        {
            RgbImage scaled = PillowResampler.Rescale(image, double.Parse(array["tensor_".Length..], System.Globalization.CultureInfo.InvariantCulture));
            float[] expected = golden.Read<float>(array);
            var actual = new float[3 * scaled.Height * scaled.Width];
            ImageNetNormalisation.ToChannelsFirst(scaled, actual);
            Assert.Equal(expected, actual);
        }
    }
}
