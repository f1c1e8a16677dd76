using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>Photographs as what networks read, and back.</summary>
internal static class ImageTensor
{
    /// <summary>A normalised image [1,3,H,W] on the device.</summary>
    public static Tensor Normalised(RgbImage image, Device device)
    {
        using var scope = NewDisposeScope();
        Tensor pixels = empty([1, 3, image.Height, image.Width]);
        ImageNetNormalisation.ToChannelsFirst(image, MemoryMarshal.Cast<byte, float>(pixels.bytes));
        return pixels.to(device).MoveToOuterDisposeScope();
    }

    /// <summary>The tensor's values, row-major.</summary>
    public static float[] Values(Tensor values)
    {
        using var scope = NewDisposeScope();
        return values.cpu().contiguous().data<float>().ToArray();
    }
}
