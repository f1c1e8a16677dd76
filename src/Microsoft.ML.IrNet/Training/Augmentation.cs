using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Training;

/// <summary>What a photograph goes through before a training step sees it; every choice comes from the given stream.</summary>
internal static class Augmentation
{
    /// <summary>CAM: the long side becomes a uniform integer length, then mirror and crop. Gives [3, crop, crop].</summary>
    public static float[] ForCam(RgbImage image, CamTrainingOptions options, RandomStream random)
    {
        int target = random.NextInclusive(options.ResizeLongMin, options.ResizeLongMax);
        RgbImage scaled = PillowResampler.Rescale(image, (double)target / Math.Max(image.Height, image.Width));
        return CanvasCrop.RandomSquare(scaled.Height, scaled.Width, options.CropSize, random).Apply(scaled);
    }

    /// <summary>IRNet: photograph and interpixel labels scaled by one uniform factor, then mirrored and cropped together.</summary>
    public static IrNetSample ForIrNet(RgbImage image, LabelMap labels, IrNetTrainingOptions options, RandomStream random)
    {
        double scale = options.ScaleMin + (options.ScaleMax - options.ScaleMin) * random.NextDouble();
        RgbImage scaled = PillowResampler.Rescale(image, scale);
        LabelMap scaledLabels = PillowResampler.Rescale(labels, scale);
        CanvasCrop crop = CanvasCrop.RandomSquare(scaled.Height, scaled.Width, options.CropSize, random);
        return new IrNetSample(crop.Apply(scaled), crop.ApplyReduced(scaledLabels));
    }
}
