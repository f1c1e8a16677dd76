using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Segmentation;

public sealed class DeepLabAugmentationTests
{
    private const int Crop = 32;

    [Fact]
    public void Photograph_and_map_stay_together_and_the_rest_is_mean_colour_and_void()
    {
        Gen<int> side = Gen.Choose(5, 90), seed = Gen.Choose(0, int.MaxValue);
        Prop.ForAll(side.Zip(side).Zip(seed).ToArbitrary(), drawn =>
        {
            ((int height, int width), int key) = drawn;
            // The map holds what the red of the photograph is.
            var labels = new LabelMap(height, width, [.. Enumerable.Range(0, height * width).Select(i => (byte)(i % 251))]);
            var image = new RgbImage(height, width, [.. labels.Labels.SelectMany(label => new[] { label, (byte)200, (byte)200 })]);
            int shorter = Math.Min(height, width);
            var options = new DeepLabTrainingOptions { CropSize = Crop, BaseSize = shorter, ScaleMin = 1, ScaleMax = 1 };
            DeepLabSample sample = DeepLabAugmentation.Apply(image, labels, options, new RandomStream(key));
            Assert.Equal(Math.Min(height, Crop) * Math.Min(width, Crop), sample.Labelled);
            for (int i = 0; i < Crop * Crop; i++)
                Assert.Equal(sample.Labels[i] == LabelMap.Void ? 0 : Red(sample.Labels[i]), sample.Pixels[i], 1e-6f);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));
    }

    [Fact]
    public void The_shorter_side_gets_any_length_between_the_bounds_and_mirrors_as_often_as_told()
    {
        var map = new LabelMap(20, 30, [.. Enumerable.Range(0, 600).Select(i => (byte)(i % 30 < 15 ? 1 : 2))]);
        var image = new RgbImage(20, 30, new byte[1800]);
        var options = new DeepLabTrainingOptions { CropSize = 64, BaseSize = 20, ScaleMin = 0.5, ScaleMax = 2 };
        foreach ((double probability, int least, int most) in new[] { (0.0, 0, 0), (0.5, 60, 140), (1.0, 200, 200) })
        {
            DeepLabSample[] samples = [.. Enumerable.Range(0, 200).Select(key =>
                DeepLabAugmentation.Apply(image, map, options with { FlipProbability = probability }, new RandomStream(key)))];
            Assert.InRange(samples.Count(sample => sample.Labels.First(label => label != LabelMap.Void) == 2), least, most);
            Assert.Equal(31, samples.Select(sample => sample.Labelled).Distinct().Count());
            Assert.Equal(10 * 15, samples.Min(sample => sample.Labelled));
            Assert.Equal(40 * 60, samples.Max(sample => sample.Labelled));
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 5000)]
    [InlineData(3000, 2)]
    public void Odd_shapes_become_samples(int height, int width)
    {
        DeepLabSample sample = DeepLabAugmentation.Apply(
            new RgbImage(height, width, new byte[height * width * 3]), new LabelMap(height, width, new byte[height * width]), new DeepLabTrainingOptions(), new RandomStream(1));
        Assert.Equal((3 * 480 * 480, 480 * 480), (sample.Pixels.Length, sample.Labels.Length));
        Assert.True(sample.Labelled > 0);
    }

    private static float Red(byte value) => (float)((value / 255.0 - 0.485) / 0.229);
}
