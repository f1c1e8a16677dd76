using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Labelling;

public sealed class DetectionsTests
{
    [SkippableFact]
    public void Instances_are_the_recorded_ones()
    {
        var golden = new GoldenSet("detect");
        int[] shape = golden.Shape("mask");
        byte[] masks = golden.Read<byte>("mask");
        float[] scores = golden.Read<float>("score_map");
        int pixels = shape[1] * shape[2];
        var winner = new int[pixels];
        var score = new float[pixels];
        for (int i = 0; i < masks.Length; i++)
            if (masks[i] != 0)
                (winner[i % pixels], score[i % pixels]) = (i / pixels + 1, scores[i]);

        IReadOnlyList<InstanceLabel> found = Detections.Find(winner, score, shape[1], shape[2],
            [.. golden.Read<long>("class_id").Select(c => (int)c)], golden.Meta.GetProperty("max_fragment_size").GetDouble());

        Assert.Equal(golden.Read<float>("out_score"), found.Select(instance => instance.Score));
        Assert.Equal(golden.Read<long>("out_class"), found.Select(instance => (long)instance.ClassIndex));
        Assert.Equal(golden.Read<byte>("out_mask"), found.SelectMany(instance => instance.Mask.ToRowMajor()));
    }

    [Fact]
    public void Run_lengths_and_boxes_are_those_of_the_masks()
    {
        int[] winner =
        [
            1, 1, 0, 2,
            0, 1, 0, 2,
            1, 0, 2, 2,
        ];
        IReadOnlyList<InstanceLabel> found = Detections.Find(winner, new float[12], 3, 4, [5, 9], 0);
        byte[][] masks =
        [
            [1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0],
            [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 1],
        ];
        Assert.Equal(masks.Select(mask => RunLengthMask.FromRowMajor(3, 4, mask).Counts), found.Select(instance => instance.Mask.Counts));
        Assert.Equal([new BoundingBox(0, 0, 2, 2), new BoundingBox(0, 2, 1, 3), new BoundingBox(2, 0, 4, 3)], found.Select(instance => instance.Box));
        Assert.Equal([5, 5, 9], found.Select(instance => instance.ClassIndex));
    }
}
