using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

public class AugmentationTests
{
    [Fact]
    public void What_the_image_does_not_cover_is_the_mean_colour_and_void()
    {
        RgbImage image = Coordinates(20, 30);
        var labels = new LabelMap(20, 30, new byte[600]);
        var crop = new CanvasCrop(32, 32, new AxisCrop(0, 5, 20), new AxisCrop(0, 1, 30), false);
        float[] pixels = crop.Apply(image);
        byte[] reduced = crop.ApplyReduced(labels);
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 32; x++)
                Assert.Equal(y is < 5 or >= 25 || x is < 1 or >= 31, pixels[y * 32 + x] == 0);
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
                Assert.Equal(4 * i + 2 is >= 5 and < 25 ? 0 : 255, reduced[i * 8 + j]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Image_and_labels_stay_together(bool flip)
    {
        RgbImage image = Coordinates(40, 60);
        var labels = new LabelMap(40, 60, [.. Enumerable.Range(0, 2400).Select(i => (byte)(i % 60 * 3 % 19))]);
        var crop = new CanvasCrop(32, 32, new AxisCrop(3, 0, 32), new AxisCrop(11, 0, 32), flip);
        float[] pixels = crop.Apply(image);
        byte[] reduced = crop.ApplyReduced(labels);
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
            {
                int column = (int)Math.Round((pixels[32 * 32 + (4 * i + 2) * 32 + 4 * j + 2] * 0.224 + 0.456) * 255);
                Assert.Equal(flip ? 59 - (11 + 4 * j + 2) : 11 + 4 * j + 2, column);
                Assert.Equal(labels.Labels[column], reduced[i * 8 + j]);
            }
    }

    [Fact]
    public void A_crop_lies_in_the_image_and_on_the_canvas() => Prop.ForAll(
        ArbMap.Default.ArbFor<(PositiveInt Size, PositiveInt Canvas, int Seed)>(),
        given =>
        {
            (int size, int canvas) = (given.Size.Get, given.Canvas.Get);
            AxisCrop crop = AxisCrop.Random(size, canvas, new RandomStream(given.Seed));
            return crop.Length == Math.Min(size, canvas) && crop.Source >= 0 && crop.Source + crop.Length <= size
                && crop.Destination >= 0 && crop.Destination + crop.Length <= canvas && (crop.Source == 0 || crop.Destination == 0);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_place_and_both_ways_round_occur()
    {
        var random = new RandomStream(1);
        CanvasCrop[] drawn = [.. Enumerable.Range(0, 400).Select(_ => CanvasCrop.RandomSquare(20, 12, 16, random))];
        Assert.Equal([0, 1, 2, 3, 4], drawn.Select(crop => crop.Rows.Source).Distinct().Order());
        Assert.Equal([0, 1, 2, 3, 4], drawn.Select(crop => crop.Columns.Destination).Distinct().Order());
        Assert.InRange(drawn.Count(crop => crop.Flip), 150, 250);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 500)]
    [InlineData(300, 2)]
    public void Odd_shapes_become_samples(int height, int width)
    {
        RgbImage image = Coordinates(height, width);
        float[] pixels = Augmentation.ForCam(image, new CamTrainingOptions { CropSize = 64, ResizeLongMin = 40, ResizeLongMax = 90 }, new RandomStream(1));
        IrNetSample sample = Augmentation.ForIrNet(image, new LabelMap(height, width, new byte[height * width]), new IrNetTrainingOptions { CropSize = 64, Radius = 4 }, new RandomStream(1));
        Assert.Equal((3 * 64 * 64, 3 * 64 * 64, 16 * 16), (pixels.Length, sample.Pixels.Length, sample.ReducedLabels.Length));
        Assert.Contains(pixels, value => value != 0);
    }

    [Fact]
    public void The_long_side_gets_a_length_between_the_bounds()
    {
        var white = new RgbImage(10, 20, [.. Enumerable.Repeat((byte)255, 600)]);
        var options = new CamTrainingOptions { CropSize = 64, ResizeLongMin = 40, ResizeLongMax = 44 };
        var widths = new SortedSet<int>();
        for (int seed = 0; seed < 100; seed++)
        {
            float[] pixels = Augmentation.ForCam(white, options, new RandomStream(seed));
            widths.Add(Enumerable.Range(0, 64).Max(y => Enumerable.Range(0, 64).Count(x => pixels[y * 64 + x] != 0)));
        }
        Assert.Equal([40, 41, 42, 43, 44], widths);
    }

    private static RgbImage Coordinates(int height, int width)
    {
        byte[] pixels = new byte[height * width * 3];
        for (int i = 0; i < height * width; i++)
            (pixels[3 * i], pixels[3 * i + 1]) = ((byte)(i / width), (byte)(i % width));
        return new RgbImage(height, width, pixels);
    }
}
