using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Labelling;

public sealed class InterPixelLabelsTests
{
    [SkippableFact]
    public void Labels_are_the_recorded_ones()
    {
        var golden = new GoldenSet("crf");
        Compare(golden, "syn1", new RgbImage(80, 97, golden.Read<byte>("syn1_img")), [19]);
    }

    [SkippableTheory]
    [InlineData("cat", 7, 17)]
    [InlineData("coffee", 4, 10)]
    [InlineData("rocket", 0, 6, 14)]
    [InlineData("syn0", 2, 3)]
    public void Labels_of_larger_images_are_the_recorded_ones(string name, params int[] tags)
    {
        var golden = new GoldenSet("crf", whole: true);
        var images = new GoldenSet("images", whole: true);
        int[] shape = images.Shape(name);
        Compare(golden, name, new RgbImage(shape[0], shape[1], images.Read<byte>(name)), tags);
    }

    [Fact]
    public void Strong_activation_is_an_object_none_is_background_and_between_is_void()
    {
        // Three plain stripes, far apart in colour, so that the CRF leaves them as they are.
        const int Side = 30;
        var pixels = new byte[Side * Side * 3];
        var cam = new float[Side * Side];
        for (int i = 0; i < cam.Length; i++)
        {
            int stripe = i % Side / 10;
            pixels.AsSpan(3 * i, 3).Fill((byte)(120 * stripe));
            cam[i] = stripe switch { 0 => 0, 1 => 0.2f, _ => 0.9f };
        }
        LabelMap labels = InterPixelLabels.Compute(new RgbImage(Side, Side, pixels), cam, [6], new InterPixelLabelOptions());
        for (int y = 0; y < Side; y++)
            Assert.Equal([0, 255, 7], new[] { 5, 15, 25 }.Select(x => labels.Labels[y * Side + x]));
    }

    [Fact]
    public void A_sweep_of_thresholds_gives_what_each_gives_alone()
    {
        var random = new Random(5);
        var image = new RgbImage(20, 30, new byte[20 * 30 * 3]);
        random.NextBytes(image.Pixels);
        float[] cam = [.. Enumerable.Range(0, 2 * 20 * 30).Select(_ => random.NextSingle())];
        InterPixelLabelOptions[] options = [.. new[] { (0.5f, 0.2f), (0.7f, 0.2f), (0.7f, 0.7f), (0.6f, 0.4f) }.Select(pair => new InterPixelLabelOptions { ForegroundThreshold = pair.Item1, BackgroundThreshold = pair.Item2 })];
        LabelMap[] swept = InterPixelLabels.Sweep(image, cam, [3, 5], options);
        Assert.Equal(options.Select(each => InterPixelLabels.Compute(image, cam, [3, 5], each).Labels), swept.Select(labels => labels.Labels));
        Assert.True(swept.DistinctBy(labels => Convert.ToHexString(labels.Labels)).Count() > 1);
    }

    [Fact]
    public void Photograph_without_tags_is_background() =>
        Assert.All(InterPixelLabels.Compute(new RgbImage(2, 3, new byte[18]), [], [], new InterPixelLabelOptions()).Labels, label => Assert.Equal(0, label));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    public void Thin_images_are_labelled(int height, int width)
    {
        float[] cam = [.. Enumerable.Repeat(1f, height * width)];
        LabelMap labels = InterPixelLabels.Compute(new RgbImage(height, width, new byte[height * width * 3]), cam, [0], new InterPixelLabelOptions());
        Assert.All(labels.Labels, label => Assert.Equal(1, label));
    }

    [Fact]
    public void Bad_input_is_refused_by_name()
    {
        var image = new RgbImage(1, 2, new byte[6]);
        var options = new InterPixelLabelOptions();
        Assert.Throws<ArgumentException>("cam", () => InterPixelLabels.Compute(image, [1], [0], options));
        Assert.Throws<ArgumentException>("cam", () => InterPixelLabels.Compute(image, [1, float.NaN], [0], options));
        Assert.Throws<ArgumentException>("cam", () => InterPixelLabels.Compute(image, [1, -1], [0], options));
        Assert.Throws<ArgumentException>("tags", () => InterPixelLabels.Compute(image, [1, 1], [254], options));
        Assert.Throws<OptionException>(() => InterPixelLabels.Compute(image, [1, 1], [0], options with { BackgroundThreshold = 0.5f }));
    }

    private static void Compare(GoldenSet golden, string name, RgbImage image, int[] tags)
    {
        byte[][] refined = InterPixelLabels.Refine(
            new DenseCrfModel(image.Pixels, image.Height, image.Width, new()), [golden.Read<byte>($"ir_{name}_fg_in"), golden.Read<byte>($"ir_{name}_bg_in")], tags.Length + 1);
        LabelMap labels = InterPixelLabels.Join(image, refined[0], refined[1], tags);
        byte[] expected = golden.Read<byte>($"ir_{name}_out");
        Assert.InRange(expected.Zip(labels.Labels).Count(pair => pair.First != pair.Second), 0, expected.Length / 10_000);
    }
}
