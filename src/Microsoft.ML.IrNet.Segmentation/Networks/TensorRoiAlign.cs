using Microsoft.ML.IrNet.Segmentation.Detection;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>RoI Align as tensor operations, for devices other than the CPU: the cells that all bins of some regions sample are gathered at once and summed by weight.</summary>
internal static class TensorRoiAlign
{
    // 256 MB.
    private const long WorkingValues = 1L << 26;

    /// <summary>As <see cref="RoiAlign.Forward"/>, of at least one region.</summary>
    /// <param name="features">[images, channels, rows, columns].</param>
    /// <param name="regions">The regions.</param>
    /// <param name="settings">How to pool.</param>
    /// <param name="workingValues">How many gathered values are held at once, unless one region has more.</param>
    public static Tensor Forward(Tensor features, IReadOnlyList<Region> regions, RoiAlignSettings settings, long workingValues = WorkingValues)
    {
        using var scope = NewDisposeScope();
        long channels = features.shape[1];
        Tensor cells = features.detach().permute(0, 2, 3, 1).contiguous().view(-1, channels);
        Tensor pooled = empty([regions.Count, settings.Rows * settings.Columns, channels], float32, features.device);
        foreach (RoiGather part in RoiGather.Parts(features.shape, regions, settings, workingValues))
        {
            using var inner = NewDisposeScope();
            (Tensor at, Tensor weights) = part.ToTensors(features.device);
            Tensor gathered = cells.index_select(0, at.view(-1)).view(-1, part.CellsPerBin, channels);
            Tensor sums = weights.view(-1, 1, part.CellsPerBin).bmm(gathered);
            pooled.narrow(0, part.First, part.Count).copy_(sums.view(part.Count, -1, channels));
        }
        return pooled.view(regions.Count, settings.Rows, settings.Columns, channels).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="RoiAlign.Backward"/>. On a GPU the order of the sums, and with it the last bits, is not fixed.</summary>
    /// <param name="gradient">[regions, channels, rows, columns].</param>
    /// <param name="shape">Of the features.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="settings">How they were pooled.</param>
    /// <param name="workingValues">How many values to be added are held at once, unless one region has more.</param>
    public static Tensor Backward(Tensor gradient, long[] shape, IReadOnlyList<Region> regions, RoiAlignSettings settings, long workingValues = WorkingValues)
    {
        using var scope = NewDisposeScope();
        (long images, long channels, long rows, long columns) = (shape[0], shape[1], shape[2], shape[3]);
        Tensor map = zeros([images * rows * columns, channels], float32, gradient.device);
        using Scalar once = 1.0.ToScalar();
        foreach (RoiGather part in RoiGather.Parts(shape, regions, settings, workingValues))
        {
            using var inner = NewDisposeScope();
            (Tensor at, Tensor weights) = part.ToTensors(gradient.device);
            Tensor pulls = gradient.detach().narrow(0, part.First, part.Count).permute(0, 2, 3, 1).reshape(-1, 1, channels);
            Tensor spread = weights.view(-1, part.CellsPerBin, 1).bmm(pulls);
            map.index_add_(0, at.view(-1), spread.view(-1, channels), once);
        }
        return map.view(images, rows, columns, channels).permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }
}
