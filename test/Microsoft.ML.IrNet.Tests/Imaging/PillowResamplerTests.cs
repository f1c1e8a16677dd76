using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Imaging;

public class PillowResamplerTests
{
    private static readonly Arbitrary<int[]> Sizes = Gen.Choose(1, 70).ArrayOf(4).ToArbitrary();

    private readonly GoldenSet _golden = new("imaging");

    public static TheoryData<string> Scales => new("0.25", "0.51", "0.73", "0.999", "1.21", "1.5");

    [Theory]
    [MemberData(nameof(Scales))]
    public void Bicubic_equals_Pillow(string scale)
    {
        int[] shape = _golden.Shape("img");
        var image = new RgbImage(shape[0], shape[1], _golden.Read<byte>("img"));
        RgbImage resized = PillowResampler.Rescale(image, double.Parse(scale, CultureInfo.InvariantCulture));
        Assert.Equal(_golden.Shape($"bicubic_{scale}"), new[] { resized.Height, resized.Width, 3 });
        Assert.Equal(_golden.Read<byte>($"bicubic_{scale}"), resized.Pixels);
    }

    [Theory]
    [MemberData(nameof(Scales))]
    public void Nearest_equals_Pillow(string scale)
    {
        int[] shape = _golden.Shape("label");
        var map = new LabelMap(shape[0], shape[1], _golden.Read<byte>("label"));
        LabelMap resized = PillowResampler.Rescale(map, double.Parse(scale, CultureInfo.InvariantCulture));
        Assert.Equal(_golden.Shape($"nearest_{scale}"), new[] { resized.Height, resized.Width });
        Assert.Equal(_golden.Read<byte>($"nearest_{scale}"), resized.Labels);
    }

    [Fact]
    public void One_colour_stays_that_colour() => Prop.ForAll(Sizes, sizes =>
    {
        var image = new RgbImage(sizes[0], sizes[1], [.. Enumerable.Range(0, sizes[0] * sizes[1]).SelectMany(_ => new byte[] { 0, 101, 255 })]);
        RgbImage resized = PillowResampler.Bicubic(image, sizes[2], sizes[3]);
        Assert.Equal((sizes[2], sizes[3]), (resized.Height, resized.Width));
        Assert.All(resized.Pixels.Chunk(3), pixel => Assert.Equal(new byte[] { 0, 101, 255 }, pixel));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nearest_invents_no_label() => Prop.ForAll(Sizes, sizes =>
    {
        var map = new LabelMap(sizes[0], sizes[1], [.. Enumerable.Range(0, sizes[0] * sizes[1]).Select(i => (byte)(i % 251))]);
        LabelMap resized = PillowResampler.Nearest(map, sizes[2], sizes[3]);
        Assert.Equal((sizes[2], sizes[3]), (resized.Height, resized.Width));
        Assert.Subset(map.Labels.ToHashSet(), resized.Labels.ToHashSet());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Enlarging_by_whole_numbers_and_shrinking_again_gives_the_same_labels() => Prop.ForAll(Sizes, sizes =>
    {
        var map = new LabelMap(sizes[0], sizes[1], [.. Enumerable.Range(0, sizes[0] * sizes[1]).Select(i => (byte)(i * 7 % 256))]);
        LabelMap enlarged = PillowResampler.Nearest(map, 3 * map.Height, 5 * map.Width);
        Assert.Equal(map.Labels, PillowResampler.Nearest(enlarged, map.Height, map.Width).Labels);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(5, 0.5, 2)]
    [InlineData(7, 0.5, 4)]
    [InlineData(1, 0.01, 1)]
    [InlineData(500, 1.5, 750)]
    public void Sizes_round_halves_to_even(int size, double scale, int expected) =>
        Assert.Equal(expected, PillowResampler.ScaledSize(size, scale));

    [Fact]
    public void Extreme_shapes_resize()
    {
        RgbImage line = PillowResampler.Bicubic(Pictures.Gradient(1, 5000), 3, 7);
        Assert.Equal((3, 7), (line.Height, line.Width));
        RgbImage wide = PillowResampler.Bicubic(Pictures.Gradient(1, 1), 2, 9000);
        Assert.Equal((2, 9000), (wide.Height, wide.Width));
    }
}
