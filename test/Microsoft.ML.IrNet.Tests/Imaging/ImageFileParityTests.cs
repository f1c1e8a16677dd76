using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Imaging;

public class ImageFileParityTests
{
    [Fact]
    public void Decodes_the_pixels_that_Pillow_decodes()
    {
        var golden = new GoldenSet("imaging");
        Assert.Equal(golden.Read<byte>("syn1_jpgdecoded"), ImageFile.Read(golden.PathOf("syn1.jpg")).Pixels);
        Assert.Equal(golden.Read<byte>("syn1"), ImageFile.Read(golden.PathOf("syn1.png")).Pixels);
    }

    [SkippableTheory]
    [InlineData("astro")]
    [InlineData("cat")]
    [InlineData("coffee")]
    [InlineData("rocket")]
    [InlineData("syn0")]
    public void Decodes_photographs_as_Pillow_does(string name)
    {
        string folder = SharedFolder.Require("golden", "images");
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, name + "_jpgdecoded.bin")), ImageFile.Read(Path.Combine(folder, name + ".jpg")).Pixels);
        Assert.Equal(File.ReadAllBytes(Path.Combine(folder, name + ".bin")), ImageFile.Read(Path.Combine(folder, name + ".png")).Pixels);
    }

    [Fact]
    public void Normalises_as_the_published_code_does()
    {
        var golden = new GoldenSet("imaging");
        int[] shape = golden.Shape("syn1");
        RgbImage half = PillowResampler.Rescale(new RgbImage(shape[0], shape[1], golden.Read<byte>("syn1")), 0.5);
        var actual = new float[3 * half.Height * half.Width];
        ImageNetNormalisation.ToChannelsFirst(half, actual);
        Assert.Equal(golden.Read<float>("tensor_0.5"), actual);
    }
}
