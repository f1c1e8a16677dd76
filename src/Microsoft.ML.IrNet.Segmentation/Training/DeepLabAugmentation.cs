using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>What a photograph and its map go through before a training step sees them; every choice comes from the given stream.</summary>
internal static class DeepLabAugmentation
{
    // A photograph of a few rows would become one of hundreds of thousands of columns.
    private const double MostPixels = 16_000_000;

    /// <summary>The shorter side becomes a uniform integer length, then mirror and crop.</summary>
    public static DeepLabSample Apply(RgbImage image, LabelMap map, DeepLabTrainingOptions options, RandomStream random)
    {
        int shorter = random.NextInclusive(options.ShorterSideMin, options.ShorterSideMax);
        double scale = Math.Min((double)shorter / Math.Min(image.Height, image.Width), Math.Sqrt(MostPixels / ((double)image.Height * image.Width)));
        RgbImage scaled = PillowResampler.Rescale(image, scale);
        LabelMap labels = PillowResampler.Rescale(map, scale);
        bool flip = random.NextDouble() < options.FlipProbability;
        AxisCrop rows = AxisCrop.Random(scaled.Height, options.CropSize, random), columns = AxisCrop.Random(scaled.Width, options.CropSize, random);
        var crop = new CanvasCrop(options.CropSize, options.CropSize, rows, columns, flip);
        return new DeepLabSample(crop.Apply(scaled), crop.Apply(labels), random.NextBelow(int.MaxValue));
    }
}
