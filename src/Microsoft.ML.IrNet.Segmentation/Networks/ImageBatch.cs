using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Images of different sizes in one tensor: each in the top left corner, zeros to the right and below, sides rounded up to 32.</summary>
internal sealed class ImageBatch : IDisposable
{
    private const int SideUnit = 32;

    private ImageBatch(Tensor pixels, IReadOnlyList<(int Height, int Width)> sizes) => (Pixels, Sizes) = (pixels, sizes);

    /// <summary>[B,3,H,W], its channels side by side in memory, for which convolutions are faster on CPUs.</summary>
    public Tensor Pixels { get; }

    /// <summary>The sizes of the images themselves.</summary>
    public IReadOnlyList<(int Height, int Width)> Sizes { get; }

    /// <summary>Rows of the tensor.</summary>
    public int Height => (int)Pixels.shape[2];

    /// <summary>Columns of the tensor.</summary>
    public int Width => (int)Pixels.shape[3];

    /// <param name="images">Normalised pixels [3, height, width] of each.</param>
    /// <param name="sizes">Their sizes.</param>
    /// <param name="device">Where it is to be.</param>
    public static ImageBatch Of(IReadOnlyList<float[]> images, IReadOnlyList<(int Height, int Width)> sizes, Device device)
    {
        (int height, int width) = (RoundUp(sizes.Max(size => size.Height)), RoundUp(sizes.Max(size => size.Width)));
        var all = new float[images.Count * 3 * height * width];
        for (int image = 0; image < images.Count; image++)
            for (int channel = 0; channel < 3; channel++)
                for (int y = 0; y < sizes[image].Height; y++)
                    images[image].AsSpan((channel * sizes[image].Height + y) * sizes[image].Width, sizes[image].Width)
                        .CopyTo(all.AsSpan(((image * 3 + channel) * height + y) * width));
        using var scope = NewDisposeScope();
        Tensor pixels = tensor(all, [images.Count, 3, height, width], device: device).permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        return new ImageBatch(pixels.MoveToOuterDisposeScope(), sizes);
    }

    /// <summary>The anchors of each level of a pyramid over this batch.</summary>
    public BoundingBox[][] Anchors(IReadOnlyList<Tensor> pyramid) =>
        [.. pyramid.Select((level, i) => AnchorGenerator.Standard.Level(i, (int)level.shape[2], (int)level.shape[3], Height, Width))];

    public void Dispose() => Pixels.Dispose();

    private static int RoundUp(int side) => (side + SideUnit - 1) / SideUnit * SideUnit;
}
