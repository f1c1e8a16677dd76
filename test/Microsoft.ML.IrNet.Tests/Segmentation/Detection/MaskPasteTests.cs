using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

public sealed class MaskPasteTests
{
    [SkippableTheory]
    [InlineData(28, "")]
    [InlineData(14, "14")]
    public void Pasted_masks_are_those_recorded(int side, string suffix)
    {
        var golden = new GoldenSet("students/ops_paste");
        BoundingBox[] boxes = golden.Boxes("boxes");
        float[][] masks = [.. golden.Read<float>("masks" + suffix).Chunk(side * side)], pasted = [.. golden.Read<float>("pasted" + suffix).Chunk(40 * 50)];
        var canvas = new float[40 * 50];
        for (int i = 0; i < masks.Length; i++)
        {
            MaskPaste.Soft(masks[i], side, boxes[i], 40, 50, canvas);
            RecordedBoxes.AssertNear(pasted[i], canvas, 1e-5);
            Assert.Equal(Threshold(canvas), MaskPaste.Binary(masks[i], side, boxes[i], 40, 50).ToRowMajor());
        }
    }

    [SkippableFact]
    public void Enlarged_boxes_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_paste");
        IEnumerable<int> actual = golden.Boxes("boxes").Select(box => PasteFrame.Expand(box, 28)).SelectMany(box => new[] { box.X0, box.Y0, box.X1, box.Y1 });
        Assert.Equal(golden.Whole("expanded_int_boxes"), actual);
    }

    [Fact]
    public void A_mask_of_ones_covers_its_box() => Prop.ForAll(RecordedBoxes.Any.ToArbitrary(), box =>
    {
        float[] full = [.. Enumerable.Repeat(1f, 28 * 28)];
        byte[] mask = MaskPaste.Binary(full, 28, box, 70, 90).ToRowMajor();
        // Edges are cut to whole pixels, and corners are rounded by a cell of the prediction.
        (float x, float y) = (1 + box.Width / 28, 1 + box.Height / 28);
        var (inner, outer) = (new BoundingBox(box.X0 + x, box.Y0 + y, box.X1 - x, box.Y1 - y), new BoundingBox(box.X0 - x, box.Y0 - y, box.X1 + x, box.Y1 + y));
        for (int i = 0; i < mask.Length; i++)
        {
            Assert.True(mask[i] == 1 || !Holds(inner, i % 90, i / 90));
            Assert.True(mask[i] == 0 || Holds(outer, i % 90, i / 90));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Runs_are_those_of_the_pixels() => Prop.ForAll((
        from box in RecordedBoxes.Any
        from values in Gen.Choose(0, 100).ArrayOf(49)
        from shiftX in Gen.Choose(-50, 50)
        from shiftY in Gen.Choose(-50, 50)
        select (new BoundingBox(box.X0 + shiftX, box.Y0 + shiftY, box.X1 + shiftX, box.Y1 + shiftY), Array.ConvertAll(values, value => value / 100f))).ToArbitrary(), drawn =>
        {
            (BoundingBox box, float[] values) = drawn;
            var canvas = new float[31 * 47];
            MaskPaste.Soft(values, 7, box, 31, 47, canvas);
            RunLengthMask mask = MaskPaste.Binary(values, 7, box, 31, 47);
            Assert.Equal(RunLengthMask.FromRowMajor(31, 47, Threshold(canvas)).Counts, mask.Counts);
        }).QuickCheckThrowOnFailure();

    private static bool Holds(BoundingBox box, int x, int y) => x >= box.X0 && x + 1 <= box.X1 && y >= box.Y0 && y + 1 <= box.Y1;

    private static byte[] Threshold(float[] probabilities) => Array.ConvertAll(probabilities, value => (byte)(value >= 0.5f ? 1 : 0));
}
