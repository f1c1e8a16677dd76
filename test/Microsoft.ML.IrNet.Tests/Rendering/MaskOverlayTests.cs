using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Tests.Rendering;

public class MaskOverlayTests
{
    private static readonly RgbImage Photograph = Pictures.Noise(8, 10);

    [Fact]
    public void An_object_is_tinted_outlined_and_nothing_else_changes()
    {
        RgbImage picture = MaskOverlay.Instances(Photograph, [Square(2, 2, 5, 1)], opacity: 0);

        for (int p = 0; p < 80; p++)
        {
            (int y, int x) = (p / 10, p % 10);
            bool rim = y is >= 2 and < 7 && x is >= 2 and < 7 && (y is 2 or 6 || x is 2 or 6);
            if (rim)
                Assert.Equal((230, 57, 70), Pictures.At(picture, p));
            else
                Assert.Equal(Pictures.At(Photograph, p), Pictures.At(picture, p));
        }
        Assert.NotEqual(Pictures.At(Photograph, 44), Pictures.At(MaskOverlay.Instances(Photograph, [Square(2, 2, 5, 1)]), 44));
    }

    [Fact]
    public void Earlier_objects_lie_on_top_in_colours_of_their_own()
    {
        RgbImage picture = MaskOverlay.Instances(Photograph, [Square(0, 0, 4, 1), Square(2, 2, 5, 1)], opacity: 1);

        Assert.Equal((230, 57, 70), Pictures.At(picture, 3 * 10 + 3));
        Assert.Equal((29, 120, 255), Pictures.At(picture, 5 * 10 + 5));
    }

    [Fact]
    public void Objects_below_the_least_score_are_left_out() =>
        Assert.Equal(Photograph.Pixels, MaskOverlay.Instances(Photograph, [Square(1, 1, 3, 0.1f)], leastScore: 0.2f).Pixels);

    [Fact]
    public void Classes_have_the_colours_of_the_palette()
    {
        var labels = new byte[80];
        labels.AsSpan(40).Fill(3);
        ReadOnlySpan<byte> third = PalettePng.VocPalette.Slice(9, 3);

        RgbImage picture = MaskOverlay.Semantic(Photograph, new LabelMap(8, 10, labels), opacity: 1);

        Assert.Equal((third[0], third[1], third[2]), Pictures.At(picture, 70));
        Assert.Equal(Photograph.Pixels.AsSpan(0, 120).ToArray(), picture.Pixels.AsSpan(0, 120).ToArray());
    }

    [Fact]
    public void Masks_of_another_size_are_refused()
    {
        Assert.Throws<ArgumentException>(() => MaskOverlay.Instances(Pictures.Noise(8, 9), [Square(1, 1, 3, 1)]));
        Assert.Throws<ArgumentException>(() => MaskOverlay.Semantic(Photograph, new LabelMap(10, 8, new byte[80])));
    }

    private static InstanceLabel Square(int top, int left, int side, float score)
    {
        var mask = new byte[80];
        for (int y = top; y < top + side; y++)
            mask.AsSpan(y * 10 + left, side).Fill(1);
        return new InstanceLabel(0, score, new BoundingBox(left, top, left + side, top + side), RunLengthMask.FromRowMajor(8, 10, mask));
    }
}
