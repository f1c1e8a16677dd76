using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>What a photograph and its objects go through before a training step sees them; every choice comes from the given stream.</summary>
internal static class MaskRcnnAugmentation
{
    /// <param name="name">What errors call the photograph.</param>
    /// <param name="image">The photograph.</param>
    /// <param name="instances">Its objects.</param>
    /// <param name="classes">How many classes the network has.</param>
    /// <param name="options">The recipe.</param>
    /// <param name="random">Where choices come from.</param>
    /// <exception cref="DataSetException">An object is of no class of the network, has no area, or its mask is not of the photograph's size.</exception>
    public static MaskRcnnSample Draw(
        string name, RgbImage image, IReadOnlyList<InstanceLabel> instances, int classes, MaskRcnnTrainingOptions options, RandomStream random)
    {
        InstanceLabel[] kept = [.. instances.Where(instance => !instance.IsCrowd && instance.Score >= options.MinimumLabelScore)];
        Require(name, image, kept, classes);
        bool flip = random.NextDouble() < options.FlipProbability;
        int shorter = options.ShorterSides[random.NextBelow(options.ShorterSides.Count)];
        (int height, int width) = ResizeRule.Size(image.Height, image.Width, shorter, options.LongerSide);
        RgbImage source = flip ? Mirror.Flip(image) : image;
        return new MaskRcnnSample(
            NetworkInput.Resize(source, height, width), height, width,
            Array.ConvertAll(kept, instance => instance.ClassIndex + 1),
            Array.ConvertAll(kept, instance => options.WeightByScore ? instance.Score : 1f),
            Array.ConvertAll(kept, instance => Boxes.Rescale(flip ? Mirror.Flip(instance.Box, image.Width) : instance.Box, image.Height, image.Width, height, width)),
            Array.ConvertAll(kept, instance => Mask(instance.Mask, flip, height, width)),
            random.NextBelow(int.MaxValue));
    }

    private static byte[] Mask(RunLengthMask mask, bool flip, int height, int width)
    {
        byte[] pixels = mask.ToRowMajor();
        if (flip)
            Mirror.Flip(pixels, mask.Width);
        return NetworkInput.ResizeMask(pixels, mask.Height, mask.Width, height, width);
    }

    /// <summary>Throws where an object does not fit its photograph or the network.</summary>
    /// <exception cref="DataSetException">An object is of no class of the network, has no area, or its mask is not of the photograph's size.</exception>
    public static void Require(string name, RgbImage image, IReadOnlyList<InstanceLabel> instances, int classes)
    {
        for (int i = 0; i < instances.Count; i++)
            if (Problem(instances[i], image, classes) is { } problem)
                throw new DataSetException(name, $"object {i + 1} {problem}.");
    }

    private static string? Problem(InstanceLabel instance, RgbImage image, int classes) =>
        instance.ClassIndex < 0 || instance.ClassIndex >= classes
            ? $"is of class {instance.ClassIndex}, but the network has {classes} classes, 0 to {classes - 1}; give it a network with all classes of the data set"
        : !(instance.Box.Width > 0 && instance.Box.Height > 0) ? $"has a box without area ({instance.Box}); leave it out"
        : instance.Mask.Height != image.Height || instance.Mask.Width != image.Width
            ? $"has a mask of {instance.Mask.Height} x {instance.Mask.Width} pixels, but the photograph has {image.Height} x {image.Width}; label this photograph"
        : null;
}
