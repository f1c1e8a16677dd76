using System.Runtime.InteropServices;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

[Collection("torch")]
[KeptTensors]
public sealed class NonMaximumSuppressionTests
{
    private static Arbitrary<(BoundingBox[] Boxes, float[] Scores, int[] Groups, double Threshold)> Cases { get; } = (
        from count in Gen.Choose(0, 60)
        from boxes in RecordedBoxes.Any.ArrayOf(count)
        from scores in Gen.Choose(-3, 20).ArrayOf(count)
        from groups in Gen.Choose(0, 3).ArrayOf(count)
        from threshold in Gen.Choose(0, 10)
        select (boxes, Array.ConvertAll(scores, score => score / 20f), groups, threshold / 10.0)).ToArbitrary();

    [SkippableFact]
    public void What_is_kept_is_what_was_recorded()
    {
        var golden = new GoldenSet("students/ops_nms");
        foreach ((string name, double threshold, _) in Recorded(golden, "nms"))
        {
            BoundingBox[] boxes = golden.Boxes(name + "_boxes");
            float[] scores = golden.Read<float>(name + "_scores");
            int[] expected = golden.Whole(name + "_keep");
            Assert.Equal(expected, NonMaximumSuppression.Keep(boxes, scores, threshold));
            Assert.Equal(expected, OnTensors(boxes, scores, threshold, boxes.Length * 7));
            Assert.Equal(expected, OnTensors(boxes, scores, threshold, 1 << 20));
        }
    }

    [SkippableFact]
    public void What_is_kept_of_each_group_is_what_was_recorded()
    {
        var golden = new GoldenSet("students/ops_nms");
        foreach ((string name, double threshold, bool ordered) in Recorded(golden, "batched_nms"))
        {
            int[] kept = NonMaximumSuppression.KeepPerGroup(
                golden.Boxes(name + "_boxes"), golden.Read<float>(name + "_scores"), golden.Whole(name + "_idxs"), threshold);
            int[] expected = golden.Whole(name + "_keep");
            if (!ordered)
            {
                Array.Sort(expected);
                Array.Sort(kept);
            }
            Assert.Equal(expected, kept);
        }
    }

    [Fact]
    public void Kept_boxes_overlap_little_and_are_kept_again() => Prop.ForAll(Cases, drawn =>
    {
        (BoundingBox[] boxes, float[] scores, _, double threshold) = drawn;
        int[] kept = NonMaximumSuppression.Keep(boxes, scores, threshold);
        Assert.Equal(kept.OrderByDescending(i => scores[i]).ThenBy(i => i), kept);
        Assert.All(kept, i => Assert.All(kept, j => Assert.True(i == j || Boxes.IntersectionOverUnion(boxes[i], boxes[j]) <= threshold)));
        Assert.All(Enumerable.Range(0, boxes.Length).Except(kept), i =>
            Assert.Contains(kept, j => scores[j] >= scores[i] && Boxes.IntersectionOverUnion(boxes[j], boxes[i]) > threshold));
        Assert.Equal(
            Enumerable.Range(0, kept.Length),
            NonMaximumSuppression.Keep(Array.ConvertAll(kept, i => boxes[i]), Array.ConvertAll(kept, i => scores[i]), threshold));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Both_forms_keep_the_same() => Prop.ForAll(Cases, drawn =>
        Assert.Equal(
            NonMaximumSuppression.Keep(drawn.Boxes, drawn.Scores, drawn.Threshold),
            OnTensors(drawn.Boxes, drawn.Scores, drawn.Threshold, 100))).QuickCheckThrowOnFailure();

    [Fact]
    public void Groups_do_not_suppress_each_other() => Prop.ForAll(Cases, drawn =>
    {
        (BoundingBox[] boxes, float[] scores, int[] groups, double threshold) = drawn;
        IEnumerable<int> expected = Enumerable.Range(0, boxes.Length).GroupBy(i => groups[i]).SelectMany(group =>
        {
            int[] members = [.. group];
            return NonMaximumSuppression.Keep(Array.ConvertAll(members, i => boxes[i]), Array.ConvertAll(members, i => scores[i]), threshold).Select(i => members[i]);
        });
        Assert.Equal(
            expected.OrderByDescending(i => scores[i]).ThenBy(i => i),
            NonMaximumSuppression.KeepPerGroup(boxes, scores, groups, threshold));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Scores_are_sorted_as_torch_sorts_them()
    {
        float[] scores = [0f, -1, float.NegativeInfinity, 2, -0f, float.NaN, float.PositiveInfinity, 2, -1e-40f];
        Assert.Equal([5, 6, 3, 7, 0, 4, 8, 1, 2], ScoreOrder.Descending(scores));
    }

    [Fact]
    public void Tensors_of_another_shape_are_refused()
    {
        Assert.Throws<ArgumentException>("boxes", () => TensorNonMaximumSuppression.Keep(zeros(3, 5), zeros(3), 0.5));
        Assert.Throws<ArgumentException>("scores", () => TensorNonMaximumSuppression.Keep(zeros(3, 4), zeros(2), 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => NonMaximumSuppression.Keep(new BoundingBox[2], [1], 0.5));
    }

    private static int[] OnTensors(BoundingBox[] boxes, float[] scores, double threshold, long workingPairs)
    {
        using var scope = NewDisposeScope();
        float[] edges = MemoryMarshal.Cast<BoundingBox, float>(boxes).ToArray();
        return TensorNonMaximumSuppression.Keep(tensor(edges, [boxes.Length, 4]), tensor(scores), threshold, workingPairs);
    }

    private static IEnumerable<(string Name, double Threshold, bool Ordered)> Recorded(GoldenSet golden, string operation) =>
        from entry in golden.Meta.GetProperty("cases").EnumerateArray()
        where entry.GetProperty("op").GetString() == operation
        select (entry.GetProperty("name").GetString()!, entry.GetProperty("threshold").GetDouble(),
            !entry.TryGetProperty("tie_order_defined", out JsonElement ordered) || ordered.GetBoolean());
}
