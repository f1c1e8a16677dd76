using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

[Collection("torch")]
[KeptTensors]
public sealed class RoiAlignTests
{
    private static Arbitrary<(Region[] Regions, RoiAlignSettings Settings, int Seed)> Cases { get; } = (
        from images in Gen.Choose(0, 2).ArrayOf(5)
        from boxes in RecordedBoxes.Any.ArrayOf(5)
        from count in Gen.Choose(1, 5)
        from rows in Gen.Choose(1, 4)
        from columns in Gen.Choose(1, 4)
        from scale in Gen.Elements(1f, 0.5f, 0.125f)
        from ratio in Gen.Elements(-1, 1, 2, 3)
        from aligned in Gen.Elements(true, false)
        from seed in Gen.Choose(0, 1000)
        select (images.Zip(boxes, (image, box) => new Region(image, box)).Take(count).ToArray(), new RoiAlignSettings(rows, columns, scale, ratio, aligned), seed)).ToArbitrary();

    [SkippableFact]
    public void Both_ways_of_both_forms_are_those_recorded()
    {
        var golden = new GoldenSet("students/ops_roi_align");
        Tensor features = Read(golden, "input");
        foreach (JsonElement entry in golden.Meta.GetProperty("cases").EnumerateArray())
        {
            using var scope = NewDisposeScope();
            string name = entry.GetProperty("name").GetString()!;
            Region[] regions = golden.Regions(name.StartsWith("q_", StringComparison.Ordinal) ? "rois_q" : "rois");
            regions = regions[..golden.Shape(name + "_out")[0]];
            JsonElement size = entry.GetProperty("output_size");
            var settings = new RoiAlignSettings(
                size[0].GetInt32(), size[1].GetInt32(), entry.GetProperty("spatial_scale").GetSingle(), entry.GetProperty("sampling_ratio").GetInt32(),
                entry.GetProperty("aligned").GetBoolean());
            Tensor gradient = Read(golden, name + "_go");
            float[] pooled = golden.Read<float>(name + "_out"), spread = golden.Read<float>(name + "_gradin");
            RecordedBoxes.AssertNear(pooled, Values(RoiAlign.Forward(features, regions, settings)), 2e-5);
            RecordedBoxes.AssertNear(spread, Values(RoiAlign.Backward(gradient, features, regions, settings)), 1e-4);
            foreach (long workingValues in new[] { 1L, 20_000, 1 << 26 })
            {
                RecordedBoxes.AssertNear(pooled, Values(TensorRoiAlign.Forward(features, regions, settings, workingValues)), 2e-5);
                RecordedBoxes.AssertNear(spread, Values(TensorRoiAlign.Backward(gradient, features.shape, regions, settings, workingValues)), 1e-4);
            }
        }
        Assert.Equal([0, 3, 7, 7], RoiAlign.Forward(features, [], new RoiAlignSettings(7, 7, 1, 2, false)).shape);
    }

    [Fact]
    public void Backward_is_the_adjoint_of_forward() => Prop.ForAll(Cases, drawn =>
    {
        using var scope = NewDisposeScope();
        (Region[] regions, RoiAlignSettings settings, int seed) = drawn;
        Tensor features = Noise(seed, 3, 5, 13, 11), gradient = Noise(seed + 1, regions.Length, 5, settings.Rows, settings.Columns);
        double there = Product(RoiAlign.Forward(features, regions, settings), gradient);
        Assert.Equal(there, Product(features, RoiAlign.Backward(gradient, features, regions, settings)), 1e-4);
        Assert.Equal(there, Product(TensorRoiAlign.Forward(features, regions, settings), gradient), 1e-4);
        Assert.Equal(there, Product(features, TensorRoiAlign.Backward(gradient, features.shape, regions, settings)), 1e-4);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Memory_order_changes_nothing()
    {
        Region[] regions = ManyRegions();
        var settings = new RoiAlignSettings(7, 7, 0.25f, 2, Aligned: false);
        Tensor features = Noise(1, 2, 70, 30, 40), gradient = Noise(2, regions.Length, 70, 7, 7);
        Assert.Equal(Values(RoiAlign.Forward(features, regions, settings)), Values(RoiAlign.Forward(ChannelsLast(features), regions, settings)));
        Assert.Equal(
            Values(RoiAlign.Backward(gradient, features, regions, settings)), Values(RoiAlign.Backward(ChannelsLast(gradient), features, regions, settings)));
    }

    [Fact]
    public void Features_of_one_value_pool_to_it() => Prop.ForAll(Cases, drawn =>
    {
        using var scope = NewDisposeScope();
        // A map that covers all boxes.
        Tensor pooled = RoiAlign.Forward(ones(3, 2, 110, 110), drawn.Regions, drawn.Settings);
        // A bin adds up to 3,700 cells one after the other, each sum rounded to float32.
        Assert.All(Values(pooled), value => Assert.Equal(1, value, 1e-4f));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void An_inverted_box_is_pooled_where_it_lies()
    {
        Tensor pooled = RoiAlign.Forward(ones(1, 2, 5, 5), [new Region(0, new BoundingBox(4, 4, 1, 1))], new RoiAlignSettings(2, 2, 1, 7, Aligned: true));
        Assert.All(Values(pooled), value => Assert.Equal(1, value, 1e-5f));
    }

    [Fact]
    public void Tensors_do_not_pile_up()
    {
        Region[] regions = ManyRegions();
        var settings = new RoiAlignSettings(7, 7, 0.25f, 2, Aligned: false);
        using Tensor features = Noise(1, 2, 8, 30, 40), gradient = Noise(2, regions.Length, 8, 7, 7);
        var pooler = new RegionPooler(7, 2);
        long before = DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount;
        RoiAlign.Forward(features, regions, settings).Dispose();
        RoiAlign.Backward(gradient, features, regions, settings).Dispose();
        TensorRoiAlign.Forward(features, regions, settings).Dispose();
        TensorRoiAlign.Backward(gradient, features.shape, regions, settings).Dispose();
        pooler.Forward([features, features], regions, [0.25f, 0.125f]).Dispose();
        foreach (Tensor level in pooler.Backward(gradient, [features, features], regions, [0.25f, 0.125f]))
            level.Dispose();
        Assert.Equal(before, DisposeScopeManager.Statistics.TensorStatistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void What_cannot_be_pooled_is_refused()
    {
        var settings = new RoiAlignSettings(2, 2, 1, 2, Aligned: false);
        Tensor features = zeros(1, 2, 5, 5);
        Assert.Throws<ArgumentException>("features", () => RoiAlign.Forward(zeros(2, 5, 5), [], settings));
        Assert.Throws<ArgumentException>("features", () => RoiAlign.Forward(zeros([1, 2, 5, 5], float64), [], settings));
        Assert.Throws<ArgumentException>("regions", () => RoiAlign.Forward(features, [new Region(1, default)], settings));
        Assert.Throws<ArgumentException>("regions", () => RoiAlign.Forward(features, [new Region(0, new BoundingBox(0, float.NaN, 1, 1))], settings));
        Assert.Throws<ArgumentException>("gradient", () => RoiAlign.Backward(zeros(1, 2, 2, 3), features, [new Region(0, default)], settings));
    }

    internal static Tensor Read(GoldenSet golden, string array) => tensor(golden.Read<float>(array), [.. golden.Shape(array).Select(size => (long)size)]);

    internal static float[] Values(Tensor tensor) => ImageTensor.Values(tensor);

    internal static Tensor Noise(int seed, params long[] shape)
    {
        var random = new Random(seed);
        return tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextSingle() - 0.5f)], shape);
    }

    internal static Region[] ManyRegions()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 200).Select(i => new Region(
            i % 2, new BoundingBox(80 * random.NextSingle(), 60 * random.NextSingle(), 80 + 80 * random.NextSingle(), 60 + 60 * random.NextSingle())))];
    }

    private static Tensor ChannelsLast(Tensor tensor) => tensor.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    private static double Product(Tensor a, Tensor b) => Values(a).Zip(Values(b), (x, y) => (double)x * y).Sum();
}
