using Microsoft.ML.IrNet.Imaging;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>Adds up the maps of all scales at the size of the map grid and, where wanted, of the photograph.</summary>
internal sealed class MapSums(RgbImage image, int tags, int stride, int deepStride, bool fullResolution)
{
    private readonly Tensor _strided = zeros(1, tags, Cells(image.Height, stride), Cells(image.Width, stride));
    private readonly Tensor? _full = fullResolution ? zeros(1, tags, image.Height, image.Width) : null;

    public int Rows { get; } = Cells(image.Height, stride);

    public int Columns { get; } = Cells(image.Width, stride);

    public void Add(Tensor maps)
    {
        using var scope = NewDisposeScope();
        Tensor local = maps.cpu();
        _strided.Add(Resize(local, Rows, Columns));
        // Published: enlarged to whole cells of the deepest tap, then cut at the right and the bottom.
        _full?.Add(Resize(local, deepStride * Cells(image.Height, deepStride), deepStride * Cells(image.Width, deepStride))
            .narrow(2, 0, image.Height).narrow(3, 0, image.Width));
    }

    public float[] Strided() => Normalised(_strided);

    public float[]? FullResolution() => _full is null ? null : Normalised(_full);

    private static float[] Normalised(Tensor sums)
    {
        if (sums.numel() == 0)
            return [];
        using var scope = NewDisposeScope();
        return ImageTensor.Values(sums / sums.amax([2, 3], keepdim: true).Plus(1e-5));
    }

    private static Tensor Resize(Tensor maps, int rows, int columns) =>
        nn.functional.interpolate(maps, [rows, columns], mode: InterpolationMode.Bilinear, align_corners: false);

    private static int Cells(int size, int stride) => (size + stride - 1) / stride;
}
