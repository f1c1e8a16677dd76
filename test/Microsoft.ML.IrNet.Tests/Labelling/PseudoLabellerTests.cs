using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Labelling;

public sealed class PseudoLabellerTests
{
    [SkippableFact]
    public void Labels_are_the_recorded_ones() => Compare(new GoldenSet("synth_two"));

    [SkippableFact]
    public void Labels_of_two_classes_are_the_recorded_ones() => Compare(new GoldenSet("synth_three", whole: true));

    [SkippableFact]
    public void Either_result_alone_is_the_same()
    {
        NetworkMaps maps = Maps(new GoldenSet("synth_two"));
        ImageLabels both = PseudoLabeller.Label(maps, new());
        ImageLabels instances = PseudoLabeller.Label(maps, new(), semantic: false);
        ImageLabels semantic = PseudoLabeller.Label(maps, new(), instances: false);
        Assert.Equal(both.Instances.Select(instance => instance.Mask.Counts), instances.Instances.Select(instance => instance.Mask.Counts));
        Assert.All(instances.Semantic.Labels, label => Assert.Equal(0, label));
        Assert.Empty(semantic.Instances);
        // Summed over instances or walked as a whole, rounding may move a pixel on the very edge.
        Assert.InRange(both.Semantic.Labels.Zip(semantic.Semantic.Labels).Count(pair => pair.First != pair.Second), 0, 3);
    }

    [Fact]
    public void Touching_objects_of_a_class_are_told_apart_by_the_displacement_field()
    {
        // One plain block of 8 x 20 cells in a wall; its left half points to the left centre, its right half to the right one.
        const int Rows = 12, Columns = 24;
        var cam = new float[Rows * Columns];
        float[] boundary = [.. Enumerable.Repeat(1f, Rows * Columns)];
        var displacement = new float[2 * Rows * Columns];
        for (int y = 2; y < 10; y++)
            for (int x = 2; x < 22; x++)
            {
                int cell = y * Columns + x;
                (cam[cell], boundary[cell]) = (1, 0);
                displacement[cell] = 5.5f - y;
                displacement[cam.Length + cell] = (x < 12 ? 6.5f : 16.5f) - x;
            }
        var maps = new NetworkMaps(4 * Rows, 4 * Columns, Rows, Columns, [3], cam, boundary, displacement);
        var options = new PseudoLabelOptions { Walk = new() { Exponent = 3 } };
        Assert.Single(PseudoLabeller.Label(maps, options with { UseDisplacement = false }).Instances);
        BoundingBox[] boxes = [.. PseudoLabeller.Label(maps, options).Instances.Where(i => i.Score > 0).Select(i => i.Box).OrderBy(box => box.X0)];
        Assert.Equal(2, boxes.Length);
        Assert.Equal(48, boxes[0].X1, 4f);
        Assert.Equal(48, boxes[1].X0, 4f);
    }

    [Fact]
    public void Class_maps_alone_are_thresholded_as_they_are()
    {
        NetworkMaps maps = OneBlob(0.4f);
        var options = new PseudoLabelOptions { UseBoundaries = false, UseDisplacement = false };
        ImageLabels labels = PseudoLabeller.Label(maps, options);
        InstanceLabel instance = Assert.Single(labels.Instances);
        Assert.Equal(0.4f, instance.Score, 1e-6f);
        Assert.Equal(3, instance.ClassIndex);
        Assert.Equal(instance.Mask.ToRowMajor().Select(pixel => (byte)(4 * pixel)), labels.Semantic.Labels);
        Assert.Empty(PseudoLabeller.Label(maps, options with { CamBackgroundThreshold = 0.5f }).Instances);
        // 0.4 squared is 0.16: still above 0.15; cubed it is not.
        Assert.Single(PseudoLabeller.Label(maps, options with { CamPower = 2 }).Instances);
        Assert.Empty(PseudoLabeller.Label(maps, options with { CamPower = 3 }).Instances);
    }

    [Fact]
    public void Small_parts_are_kept_with_score_zero()
    {
        NetworkMaps maps = OneBlob(1);
        Assert.Equal(1, Assert.Single(PseudoLabeller.Label(maps, new() { UseBoundaries = false, MinimumAreaShare = 0 }).Instances).Score);
        Assert.Equal(0, Assert.Single(PseudoLabeller.Label(maps, new() { UseBoundaries = false, MinimumAreaShare = 0.9 }).Instances).Score);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Nothing_to_find_is_no_error(bool useBoundaries, bool useDisplacement)
    {
        var options = new PseudoLabelOptions { UseBoundaries = useBoundaries, UseDisplacement = useDisplacement };
        var untagged = new NetworkMaps(9, 13, 3, 4, [], [], new float[12], new float[24]);
        var silent = new NetworkMaps(9, 13, 3, 4, [3, 5], new float[24], new float[12], new float[24]);
        var walled = new NetworkMaps(9, 13, 3, 4, [3], [.. Enumerable.Repeat(0.1f, 12)], [.. Enumerable.Repeat(1f, 12)], new float[24]);
        foreach (NetworkMaps maps in new[] { untagged, silent, walled })
        {
            ImageLabels labels = PseudoLabeller.Label(maps, options);
            Assert.Empty(labels.Instances);
            Assert.Equal((9, 13), (labels.Semantic.Height, labels.Semantic.Width));
            Assert.All(labels.Semantic.Labels, label => Assert.Equal(0, label));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(5000, 1)]
    public void Thin_images_are_labelled(int height, int width)
    {
        int rows = (height + 3) / 4, columns = (width + 3) / 4;
        float[] cam = [.. Enumerable.Repeat(1f, rows * columns)];
        ImageLabels labels = PseudoLabeller.Label(
            new NetworkMaps(height, width, rows, columns, [2], cam, new float[cam.Length], new float[2 * cam.Length]), new());
        Assert.Equal((uint)(height * width), Assert.Single(labels.Instances).Mask.Counts[1]);
        Assert.All(labels.Semantic.Labels, label => Assert.Equal(3, label));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sweep_of_thresholds_gives_what_each_gives_alone(bool useBoundaries)
    {
        const int Rows = 7, Columns = 9;
        var random = new Random(3);
        float[] Values(int count, float scale) => [.. Enumerable.Range(0, count).Select(_ => scale * random.NextSingle())];
        var maps = new NetworkMaps(4 * Rows, 4 * Columns, Rows, Columns, [1, 4], Values(2 * Rows * Columns, 1), Values(Rows * Columns, 1), Values(2 * Rows * Columns, 4));
        PseudoLabelOptions[] options =
        [
            .. new[] { 0.1f, 0.3f, 0.5f, 0.7f }.Select(threshold =>
                new PseudoLabelOptions { UseBoundaries = useBoundaries, BackgroundThreshold = threshold, SemanticBackgroundThreshold = 0.9f - threshold, CamBackgroundThreshold = threshold }),
        ];
        ImageLabels[] swept = PseudoLabeller.Sweep(maps, options, instances: true, semantic: true, tensorWalk: null, centroids: Centroids.Find(maps.Displacement, Rows, Columns, options[0].CentroidIterations));
        foreach ((PseudoLabelOptions each, ImageLabels labels) in options.Zip(swept))
        {
            ImageLabels alone = PseudoLabeller.Label(maps, each);
            Assert.Equal(alone.Semantic.Labels, labels.Semantic.Labels);
            Assert.Equal(Plain(alone), Plain(labels));
        }
        Assert.True(swept.DistinctBy(labels => labels.Instances.Sum(instance => instance.Mask.Area)).Count() > 1);

        static IEnumerable<(int, float, string)> Plain(ImageLabels labels) => labels.Instances.Select(instance => (instance.ClassIndex, instance.Score, Convert.ToHexString(instance.Mask.ToRowMajor())));
    }

    [Fact]
    public void Bad_maps_are_refused_by_name()
    {
        Assert.Throws<ArgumentOutOfRangeException>("rows", () => new NetworkMaps(9, 13, 4, 4, [], [], new float[16], new float[32]));
        Assert.Throws<ArgumentException>("cam", () => new NetworkMaps(4, 4, 1, 1, [1], [], [0], [0, 0]));
        Assert.Throws<ArgumentException>("cam", () => new NetworkMaps(4, 4, 1, 1, [1], [-1], [0], [0, 0]));
        Assert.Throws<ArgumentException>("boundary", () => new NetworkMaps(4, 4, 1, 1, [1], [1], [float.NaN], [0, 0]));
        Assert.Throws<ArgumentException>("displacement", () => new NetworkMaps(4, 4, 1, 1, [1], [1], [0], [0, float.NaN]));
        Assert.Throws<ArgumentException>("tags", () => new NetworkMaps(4, 4, 1, 1, [-1], [1], [0], [0, 0]));
        Assert.Throws<ArgumentException>("tags", () => new NetworkMaps(4, 4, 1, 1, [1, 1], [1, 1], [0], [0, 0]));
    }

    [Fact]
    public void Bad_options_are_refused()
    {
        NetworkMaps maps = OneBlob(1);
        Assert.Throws<OptionException>(() => PseudoLabeller.Label(maps, new() { BackgroundThreshold = 2 }));
        Assert.Throws<OptionException>(() => PseudoLabeller.Label(maps, new() { CentroidDistance = 0 }));
        Assert.Throws<OptionException>(() => PseudoLabeller.Label(maps, new() { CamPower = float.NaN }));
        Assert.Throws<OptionException>(() => PseudoLabeller.Label(maps, new() { MinimumAreaShare = -1 }));
    }

    internal static NetworkMaps Maps(GoldenSet golden)
    {
        int[] size = [.. golden.Meta.GetProperty("size_hw").EnumerateArray().Select(value => value.GetInt32())];
        int[] shape = golden.Shape("edge");
        return new NetworkMaps(size[0], size[1], shape[0], shape[1], [.. golden.Read<long>("keys").Select(key => (int)key)],
            golden.Read<float>("cam"), golden.Read<float>("edge"), golden.Read<float>("dp"));
    }

    private static void Compare(GoldenSet golden)
    {
        NetworkMaps maps = Maps(golden);
        Compare(golden, maps, PseudoLabeller.Label(maps, new()));
    }

    private static NetworkMaps OneBlob(float activation)
    {
        var cam = new float[10 * 10];
        for (int y = 3; y < 7; y++)
            for (int x = 3; x < 7; x++)
                cam[10 * y + x] = activation;
        return new NetworkMaps(40, 40, 10, 10, [3], cam, new float[100], new float[200]);
    }

    internal static void Compare(GoldenSet golden, NetworkMaps maps, ImageLabels labels)
    {
        Assert.Equal(golden.Read<long>("det_class"), labels.Instances.Select(instance => (long)instance.ClassIndex));
        float[] scores = golden.Read<float>("det_score");
        for (int i = 0; i < scores.Length; i++)
            Assert.Equal(scores[i], labels.Instances[i].Score, 1e-3f);

        var instanceOf = new int[maps.Height * maps.Width];
        for (int i = 0; i < labels.Instances.Count; i++)
        {
            byte[] mask = labels.Instances[i].Mask.ToRowMajor();
            for (int pixel = 0; pixel < mask.Length; pixel++)
                if (mask[pixel] != 0)
                    instanceOf[pixel] = i + 1;
        }
        AssertSameWhereClear(golden.Read<int>("det_index_map"), instanceOf, golden.Read<float>("ins_margin"));
        AssertSameWhereClear([.. golden.Read<byte>("sem_pred").Select(label => (int)label)], [.. labels.Semantic.Labels.Select(label => (int)label)],
            golden.Read<float>("sem_margin"));
    }

    private static void AssertSameWhereClear(int[] expected, int[] actual, float[] margin)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (margin[i] > 1e-3f)
                Assert.Equal(expected[i], actual[i]);
    }
}
