using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Tests.Rendering;

public class ColourWheelTests
{
    [Theory]
    [InlineData(0, 2, 255, 0, 0)] // to the right: red
    [InlineData(0, -2, 0, 255, 255)] // to the left: its complement
    [InlineData(0, 1, 255, 128, 128)] // half the length: half the saturation
    [InlineData(0, 8, 255, 0, 0)] // longer than full: no more than full
    [InlineData(0, 0, 255, 255, 255)]
    public void Direction_is_hue_and_length_saturation(float dy, float dx, int red, int green, int blue)
    {
        float[] field = [dy, dy, dy, dy, dx, dx, dx, dx];

        RgbImage picture = ColourWheel.Draw(field, 2, 2, 7, 8, full: 2);

        Assert.Equal((7, 8), (picture.Height, picture.Width));
        Assert.All(Enumerable.Range(0, 56), p => Assert.Equal((red, green, blue), Pictures.At(picture, p)));
    }

    [Fact]
    public void Without_a_full_length_the_longest_displacement_has_the_full_colour()
    {
        RgbImage picture = ColourWheel.Draw([0, 0, 0.5f, -5], 1, 2, 1, 2);

        Assert.Equal((0, 255, 255), Pictures.At(picture, 1));
    }

    [Fact]
    public void A_field_without_displacement_or_with_NaN_is_white()
    {
        Assert.Equal((255, 255, 255), Pictures.At(ColourWheel.Draw([0, 0], 1, 1, 1, 1), 0));
        Assert.Equal((255, 255, 255), Pictures.At(ColourWheel.Draw([float.NaN, 0], 1, 1, 1, 1), 0));
    }

    [Fact]
    public void The_key_has_opposite_colours_at_opposite_rims()
    {
        RgbImage key = ColourWheel.Key(101);

        var right = Pictures.At(key, 50 * 101 + 100);
        var left = Pictures.At(key, 50 * 101);
        Assert.True(right is { Red: > 250, Green: < 10, Blue: < 10 });
        Assert.True(left is { Red: < 10, Green: > 250, Blue: > 250 });
        Assert.Equal((255, 255, 255), Pictures.At(key, 50 * 101 + 50));
        Assert.Equal((255, 255, 255), Pictures.At(key, 0));
    }

    [Fact]
    public void A_field_of_another_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => ColourWheel.Draw(new float[7], 2, 2, 8, 8));
}
