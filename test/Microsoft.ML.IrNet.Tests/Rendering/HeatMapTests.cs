using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Tests.Rendering;

public class HeatMapTests
{
    private static readonly RgbImage Photograph = Pictures.Noise(9, 14);

    [Fact]
    public void Full_cover_shows_the_strongest_class_from_blue_to_red()
    {
        var maps = new float[2 * 3 * 4];
        maps.AsSpan(12).Fill(1);

        RgbImage hot = HeatMap.Overlay(Photograph, maps, 3, 4, opacity: 1);
        RgbImage cold = HeatMap.Overlay(Photograph, maps.AsSpan(0, 12), 3, 4, opacity: 1);

        Assert.All(Enumerable.Range(0, 9 * 14), p => Assert.Equal((128, 0, 0), Pictures.At(hot, p)));
        Assert.All(Enumerable.Range(0, 9 * 14), p => Assert.Equal((0, 0, 143), Pictures.At(cold, p)));
    }

    [Fact]
    public void Without_cover_the_photograph_stays() =>
        Assert.Equal(Photograph.Pixels, HeatMap.Overlay(Photograph, new float[12], 3, 4, opacity: 0).Pixels);

    [Fact]
    public void A_photograph_without_tags_is_cold() =>
        Assert.Equal((0, 0, 143), Pictures.At(HeatMap.Overlay(Photograph, [], 3, 4, opacity: 1), 0));

    [Fact]
    public void Grey_is_enlarged_by_the_stride_and_cropped()
    {
        // Rows 0..1 of the map are black, row 2 is white: stride 4, so white begins around pixel row 8 + 4 / 2.
        float[] map = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1];

        RgbImage grey = HeatMap.Grey(map, 3, 4, 11, 14);

        Assert.Equal((11, 14), (grey.Height, grey.Width));
        Assert.Equal((0, 0, 0), Pictures.At(grey, 5 * 14 + 3));
        Assert.Equal((255, 255, 255), Pictures.At(grey, 10 * 14 + 3));
    }

    [Fact]
    public void Values_that_make_no_whole_map_are_refused()
    {
        Assert.Throws<ArgumentException>(() => HeatMap.Overlay(Photograph, new float[13], 3, 4));
        Assert.Throws<ArgumentException>(() => HeatMap.Grey(new float[11], 3, 4, 9, 14));
        Assert.Throws<ArgumentOutOfRangeException>(() => HeatMap.Overlay(Photograph, new float[12], 3, 4, opacity: 2));
    }
}
