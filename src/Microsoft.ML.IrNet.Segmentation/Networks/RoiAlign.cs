using Microsoft.ML.IrNet.Segmentation.Detection;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>
/// RoI Align (Mask R-CNN, section 3): the mean of bilinear samples in each bin of a grid over a region, without rounding the region to cells. The boxes are constants: no
/// gradient reaches them. Neither way is recorded by autograd.
/// </summary>
internal static class RoiAlign
{
    /// <summary>Pools regions.</summary>
    /// <param name="features">[images, channels, rows, columns] in float32; fastest where the channels lie side by side in memory.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="settings">How to pool.</param>
    /// <returns>[regions, channels, rows, columns], the channels side by side in memory.</returns>
    /// <exception cref="ArgumentException">The features are of another shape or type, or a region lies in no image or has no finite box.</exception>
    public static Tensor Forward(Tensor features, IReadOnlyList<Region> regions, RoiAlignSettings settings)
    {
        Require(features, regions);
        if (regions.Count == 0)
            return empty([0, features.shape[1], settings.Rows, settings.Columns], float32, features.device);
        using var guard = no_grad();
        return features.device_type == DeviceType.CPU
            ? CpuRoiAlign.Forward(features, regions, settings)
            : TensorRoiAlign.Forward(features, regions, settings);
    }

    /// <summary>The gradient of the features.</summary>
    /// <param name="gradient">The gradient of what <see cref="Forward"/> returned, [regions, channels, rows, columns] in float32.</param>
    /// <param name="features">The features, of which shape and device count.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="settings">How they were pooled.</param>
    /// <returns>[images, channels, rows, columns], the channels side by side in memory.</returns>
    /// <exception cref="ArgumentException">A tensor is of another shape, type or device, or a region lies in no image or has no finite box.</exception>
    public static Tensor Backward(Tensor gradient, Tensor features, IReadOnlyList<Region> regions, RoiAlignSettings settings)
    {
        Require(features, regions);
        long[] expected = [regions.Count, features.shape[1], settings.Rows, settings.Columns];
        if (!gradient.shape.SequenceEqual(expected) || gradient.dtype != float32)
            throw new ArgumentException(
                $"A gradient [{string.Join(", ", gradient.shape)}] of {gradient.dtype} is not one of float32 [{string.Join(", ", expected)}].", nameof(gradient));
        if (gradient.device_type != features.device_type)
            throw new ArgumentException($"A gradient on {gradient.device} does not belong to features on {features.device}.", nameof(gradient));
        using var guard = no_grad();
        return features.device_type == DeviceType.CPU
            ? CpuRoiAlign.Backward(gradient, features.shape, regions, settings)
            : TensorRoiAlign.Backward(gradient, features.shape, regions, settings);
    }

    private static void Require(Tensor features, IReadOnlyList<Region> regions)
    {
        if (features.dim() != 4 || features.dtype != float32 || features.numel() == 0)
            throw new ArgumentException(
                $"Features [{string.Join(", ", features.shape)}] of {features.dtype} are not ones of float32 [images, channels, rows, columns].", nameof(features));
        for (int i = 0; i < regions.Count; i++)
        {
            (int image, var box) = regions[i];
            if (image < 0 || image >= features.shape[0])
                throw new ArgumentException($"Region {i} lies in image {image} of a batch of {features.shape[0]}.", nameof(regions));
            if (!float.IsFinite(box.X0 + box.Y0 + box.X1 + box.Y1))
                throw new ArgumentException($"Region {i} has the box {box}; finite edges were expected.", nameof(regions));
        }
    }
}
