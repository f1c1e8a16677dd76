using System.Globalization;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Imaging;

public class PillowResamplerTests
{
    private readonly GoldenSet _golden = new("resize");

    public static TheoryData<string> Scales => new("0.25", "0.5", "0.51", "0.73", "0.999", "1", "1.21", "1.5", "2");

    [SkippableTheory]
    [MemberData(nameof(Scales))]
    public void Bicubic_equals_Pillow(string scale)
    {
        int[] shape = _golden.Shape("img");
        var image = new RgbImage(shape[0], shape[1], _golden.Read<byte>("img"));
        RgbImage resized = PillowResampler.Rescale(image, double.Parse(scale, CultureInfo.InvariantCulture));
        Assert.Equal(_golden.Shape($"bicubic_{scale}"), new[] { resized.Height, resized.Width, 3 });
        Assert.Equal(_golden.Read<byte>($"bicubic_{scale}"), resized.Pixels);
    }

    [SkippableTheory]
    [MemberData(nameof(Scales))]
    public void Nearest_equals_Pillow(string scale)
    {
        int[] shape = _golden.Shape("label");
        var map = new LabelMap(shape[0], shape[1], _golden.Read<byte>("label"));
        LabelMap resized = PillowResampler.Rescale(map, double.Parse(scale, CultureInfo.InvariantCulture));
        Assert.Equal(_golden.Shape($"nearest_{scale}"), new[] { resized.Height, resized.Width });
        Assert.Equal(_golden.Read<byte>($"nearest_{scale}"), resized.Labels);
    }
}
