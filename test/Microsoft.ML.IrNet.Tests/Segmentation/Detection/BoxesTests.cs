using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

public sealed class BoxesTests
{
    [SkippableFact]
    public void Overlaps_are_those_recorded_one_by_one_and_many_at_once()
    {
        var golden = new GoldenSet("students/ops_boxes");
        BoundingBox[] first = golden.Boxes("iou_boxes1"), second = golden.Boxes("iou_boxes2");
        float[] expected = golden.Read<float>("iou");
        Assert.Contains(float.NaN, expected);
        Assert.Equal(expected, first.SelectMany(a => second.Select(b => Boxes.IntersectionOverUnion(a, b))));
        var columns = new BoxColumns(second);
        var overlaps = new float[columns.Length];
        for (int row = 0; row < first.Length; row++)
        {
            for (int column = 0; column < columns.Length; column += System.Numerics.Vector<float>.Count)
                columns.Overlaps(new BoxLanes(first[row]), column).CopyTo(overlaps, column);
            Assert.Equal(expected[(row * second.Length)..((row + 1) * second.Length)], overlaps[..second.Length]);
        }
    }

    [SkippableFact]
    public void Clipping_is_that_recorded()
    {
        var golden = new GoldenSet("students/ops_boxes");
        foreach (string rank in new[] { "", "_3d" })
            Assert.Equal(golden.Boxes("clip_out" + rank), golden.Boxes("clip_in" + rank).Select(box => Boxes.Clip(box, 40, 60)));
    }

    [SkippableFact]
    public void Small_boxes_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_boxes");
        BoundingBox[] boxes = golden.Boxes("small_in");
        Assert.Equal(golden.Whole("small_keep_1e3"), Large(1e-3f));
        Assert.Equal(golden.Whole("small_keep_1e2"), Large(1e-2f));

        IEnumerable<int> Large(float least) => Enumerable.Range(0, boxes.Length).Where(i => Boxes.HasSides(boxes[i], least));
    }

    [SkippableFact]
    public void Rescaling_is_that_recorded()
    {
        var golden = new GoldenSet("students/ops_boxes");
        BoundingBox[] actual = [.. golden.Boxes("resize_in").Select(box => Boxes.Rescale(box, 37, 53, 96, 138))];
        RecordedBoxes.AssertNear(golden.Boxes("resize_out"), actual, 1e-6);
    }

    [Fact]
    public void Boxes_that_are_no_numbers_have_no_sides() =>
        Assert.False(Boxes.HasSides(Boxes.Clip(new BoundingBox(0, 0, float.NaN, 10), 20, 20), 1e-3f));
}
