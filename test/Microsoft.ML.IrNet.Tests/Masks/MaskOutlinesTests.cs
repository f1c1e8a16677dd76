using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Masks;

public class MaskOutlinesTests
{
    [Fact]
    public void One_polygon_of_all_outlines_is_the_mask() => Prop.ForAll(MaskGenerators.One, drawn =>
    {
        RunLengthMask mask = drawn.Encode();
        if (mask.Area == 0)
            return;
        IReadOnlyList<(int X, int Y)> polygon = MaskOutlines.Join(MaskOutlines.Trace(MaskCrop.Of(mask)));
        Assert.Equal(drawn.Pixels.Select(pixel => pixel != 0), EvenOdd.Fill([.. polygon.Select(corner => ((double)corner.X, (double)corner.Y))], drawn.Height, drawn.Width));
        Assert.Equal(mask.Counts, RunLengthMask.FromPolygons(drawn.Height, drawn.Width, [[.. polygon.SelectMany(corner => new double[] { corner.X, corner.Y })]]).Counts);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_pixel_has_four_corners_clockwise() =>
        Assert.Equal([(2, 1), (3, 1), (3, 2), (2, 2)], Rotated(Assert.Single(Trace(3, 4, "...." + "..#." + "...."))));

    [Fact]
    public void A_hole_is_an_outline_of_its_own_the_other_way_round()
    {
        IReadOnlyList<IReadOnlyList<(int X, int Y)>> outlines = Trace(3, 3, "###" + "#.#" + "###");
        Assert.Equal([9, -1], outlines.Select(SignedArea));
    }

    [Fact]
    public void Pixels_that_touch_at_a_corner_are_two_parts() => Assert.Equal([1, 1], Trace(2, 2, "#." + ".#").Select(SignedArea));

    [Fact]
    public void Holes_that_touch_at_a_corner_are_one() => Assert.Equal([16, -2], Trace(4, 4, "####" + "#.##" + "##.#" + "####").Select(SignedArea));

    [Fact]
    public void A_crop_put_back_is_the_mask() => Prop.ForAll(MaskGenerators.One, drawn =>
    {
        RunLengthMask mask = drawn.Encode();
        if (mask.Area > 0)
            Assert.Equal(mask.Counts, MaskCrop.Of(mask).ToMask(drawn.Height, drawn.Width).Counts);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, 0, 1, 1)]
    [InlineData(0, 2, 2, 1)]
    [InlineData(3, 0, 1, 2)]
    [InlineData(0, 0, 0, 1)]
    public void A_crop_beyond_its_photograph_is_refused(int left, int top, int height, int width) =>
        Assert.Throws<DataSetException>(() => new MaskCrop(left, top, height, width, new byte[height * width]).ToMask(3, 4));

    private static IReadOnlyList<IReadOnlyList<(int X, int Y)>> Trace(int height, int width, string picture) =>
        MaskOutlines.Trace(MaskCrop.Of(RunLengthMask.FromRowMajor(height, width, [.. picture.Select(c => (byte)(c == '#' ? 1 : 0))])));

    private static (int X, int Y)[] Rotated(IReadOnlyList<(int X, int Y)> outline)
    {
        int first = outline.ToList().IndexOf(outline.Min());
        (int X, int Y)[] turned = [.. outline.Skip(first), .. outline.Take(first)];
        // The smallest corner is the lower one of the left side or the upper one.
        return turned[0].Y == outline.Min(corner => corner.Y) ? turned : [.. turned.Skip(1), turned[0]];
    }

    private static int SignedArea(IReadOnlyList<(int X, int Y)> outline) =>
        outline.Select((from, i) => (From: from, To: outline[(i + 1) % outline.Count])).Sum(edge => edge.From.X * edge.To.Y - edge.To.X * edge.From.Y) / 2;
}
