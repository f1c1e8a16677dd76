using System.Text.Json;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

[Collection("torch")]
[KeptTensors]
public sealed class RegionPoolerTests
{
    private static readonly float[] Scales = [0.25f, 0.125f, 0.0625f, 0.03125f];

    [SkippableFact]
    public void Levels_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_ms_roi_align");
        Assert.Equal(golden.Whole("level_idx"), golden.Boxes("level_boxes").Select(box => RegionPooler.Level(box)));
        Assert.Equal(golden.Whole("boxes_level"), Regions(golden).Select(region => RegionPooler.Level(region.Box)));
    }

    [SkippableFact]
    public void Both_ways_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_ms_roi_align");
        Tensor[] pyramid = [.. Enumerable.Range(0, 4).Select(level => RoiAlignTests.Read(golden, $"feat_{level}"))];
        Region[] regions = Regions(golden);
        foreach (int side in new[] { 7, 14 })
            RecordedBoxes.AssertNear(golden.Read<float>($"out{side}"), RoiAlignTests.Values(new RegionPooler(side, 2).Forward(pyramid, regions, Scales)), 2e-5);
        Tensor[] gradients = new RegionPooler(7, 2).Backward(RoiAlignTests.Read(golden, "go7"), pyramid, regions, Scales);
        for (int level = 0; level < 4; level++)
            RecordedBoxes.AssertNear(golden.Read<float>($"grad_{level}"), RoiAlignTests.Values(gradients[level]), 1e-4);
    }

    [SkippableFact]
    public void Inferred_scales_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_ms_roi_align");
        foreach (JsonElement entry in golden.Meta.GetProperty("inferred_scales").EnumerateArray())
        {
            int[] heights = [.. entry.GetProperty("feature_hw").EnumerateArray().Select(size => size[0].GetInt32())];
            float[] scales = [.. entry.GetProperty("scales").EnumerateArray().Select(scale => scale.GetSingle())];
            Assert.Equal(scales, RegionPooler.InferScales(heights, entry.GetProperty("image_hw")[0].GetInt32()));
        }
    }

    [Fact]
    public void A_level_follows_from_the_scales()
    {
        var box = new BoundingBox(0, 0, 60, 60);
        Assert.Equal(0, RegionPooler.Level(box));
        Assert.Equal(1, RegionPooler.Level(box, finest: 1));
        Assert.Equal(0, RegionPooler.Level(default));
        Assert.Equal(3, RegionPooler.Level(new BoundingBox(0, 0, 5000, 5000)));
    }

    [Fact]
    public void No_regions_pool_to_nothing()
    {
        Tensor[] pyramid = [zeros(1, 3, 8, 8), zeros(1, 3, 4, 4)];
        float[] scales = [0.25f, 0.125f];
        var pooler = new RegionPooler(7, 2);
        Tensor pooled = pooler.Forward(pyramid, [], scales);
        Assert.Equal([0, 3, 7, 7], pooled.shape);
        Tensor[] gradients = pooler.Backward(pooled, pyramid, [], scales);
        Assert.Equal([1, 3, 8, 8], gradients[0].shape);
        Assert.All(RoiAlignTests.Values(gradients[1]), value => Assert.Equal(0, value));
    }

    [Fact]
    public void What_does_not_belong_together_is_refused()
    {
        var pooler = new RegionPooler(7, 2);
        Assert.Throws<ArgumentException>("scales", () => pooler.Forward([zeros(1, 3, 8, 8)], [], Scales));
        Assert.Throws<ArgumentException>("gradient", () => pooler.Backward(zeros(2, 3, 7, 7), [zeros(1, 3, 8, 8)], [], [0.25f]));
    }

    private static Region[] Regions(GoldenSet golden) =>
        [.. golden.Boxes("boxes_0").Select(box => new Region(0, box)), .. golden.Boxes("boxes_1").Select(box => new Region(1, box))];
}
