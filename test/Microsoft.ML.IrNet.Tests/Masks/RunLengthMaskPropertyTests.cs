using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Masks;

public class RunLengthMaskPropertyTests
{
    [Fact]
    public void A_mask_survives_runs_and_text() => Prop.ForAll(MaskGenerators.One, drawn =>
    {
        RunLengthMask mask = drawn.Encode();
        RunLengthMask read = RunLengthMask.Parse(mask.ToCompressedString(), drawn.Height, drawn.Width);
        Assert.Equal(drawn.Pixels, mask.ToRowMajor());
        Assert.Equal(mask.Counts, read.Counts);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_holds_counts_up_to_the_largest_mask() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue - 60).ArrayOf(6).ToArbitrary(), sizes =>
        {
            long pixels = sizes.Sum(size => (long)size);
            uint[] counts = [.. sizes.Select(size => (uint)size)];
            Assert.Equal(counts, RunLengthText.Parse(RunLengthText.Format(counts), pixels));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Area_and_box_are_those_of_the_pixels() => Prop.ForAll(MaskGenerators.One, drawn =>
    {
        int[] inside = [.. Enumerable.Range(0, drawn.Pixels.Length).Where(i => drawn.Pixels[i] != 0)];
        BoundingBox expected = inside.Length == 0 ? default : new(
            inside.Min(i => i % drawn.Width), inside.Min(i => i / drawn.Width),
            inside.Max(i => i % drawn.Width) + 1, inside.Max(i => i / drawn.Width) + 1);
        Assert.Equal(inside.Length, drawn.Encode().Area);
        Assert.Equal(expected, drawn.Encode().ComputeBox());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Overlap_is_symmetric_and_that_of_the_pixels() => Prop.ForAll(MaskGenerators.Pair, pair =>
    {
        (RunLengthMask a, RunLengthMask b) = (pair.A.Encode(), pair.B.Encode());
        int both = pair.A.Pixels.Zip(pair.B.Pixels).Count(p => p is (1, 1)), either = pair.A.Pixels.Zip(pair.B.Pixels).Count(p => p is not (0, 0));
        double iou = RunLengthMask.IntersectionOverUnion(a, b);
        Assert.Equal(either == 0 ? 0 : (double)both / either, iou);
        Assert.Equal(iou, RunLengthMask.IntersectionOverUnion(b, a));
        Assert.InRange(iou, 0, 1);
        Assert.Equal(a.Area == 0 ? 0 : (double)both / a.Area, RunLengthMask.IntersectionOverUnion(a, b, crowd: true));
        Assert.Equal(pair.A.Pixels.Zip(pair.B.Pixels, (p, q) => (byte)(p | q)), RunLengthMask.Merge(a, b).ToRowMajor());
        Assert.Equal(pair.A.Pixels.Zip(pair.B.Pixels, (p, q) => (byte)(p & q)), RunLengthMask.Intersect(a, b).ToRowMajor());
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_text_is_a_mask_or_a_typed_error() => Prop.ForAll(
        Gen.Choose(40, 120).Select(code => (char)code).ArrayOf().ToArbitrary(), characters =>
        {
            try
            {
                Assert.Equal(12, RunLengthMask.Parse(new string(characters), 3, 4).Counts.Sum(count => count));
            }
            catch (DataSetException error)
            {
                Assert.StartsWith("compressed mask: ", error.Message, StringComparison.Ordinal);
            }
        }).QuickCheckThrowOnFailure();
}
