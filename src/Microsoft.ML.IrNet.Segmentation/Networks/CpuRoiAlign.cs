using Microsoft.ML.IrNet.Numerics;
using Microsoft.ML.IrNet.Segmentation.Detection;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>RoI Align in the memory of CPU tensors, which lies still and lives as long as the dispose scope.</summary>
internal static class CpuRoiAlign
{
    // Enough for whole vectors, and few enough that all cores have work with one image.
    private const int ChannelsAtOnce = 64;

    /// <summary>As <see cref="RoiAlign.Forward"/>, of at least one region.</summary>
    public static unsafe Tensor Forward(Tensor features, IReadOnlyList<Region> regions, RoiAlignSettings settings)
    {
        using var scope = NewDisposeScope();
        Tensor cells = features.detach().permute(0, 2, 3, 1).contiguous();
        (int rows, int columns, int channels) = ((int)cells.shape[1], (int)cells.shape[2], (int)cells.shape[3]);
        Tensor pooled = empty([regions.Count, settings.Rows, settings.Columns, channels], float32);
        float* from = Memory(cells), to = Memory(pooled);
        (int mapLength, int pooledLength) = (checked(rows * columns * channels), settings.Rows * settings.Columns * channels);
        // A bin reads about a dozen cells.
        RowBands.For(regions.Count, 12L * pooledLength, (first, end) =>
        {
            for (int i = first; i < end; i++)
            {
                (int image, var box) = regions[i];
                RoiKernel.Pool(
                    new ReadOnlySpan<float>(from + (nint)image * mapLength, mapLength), columns, RoiAxis.Vertical(box, rows, settings),
                    RoiAxis.Horizontal(box, columns, settings), new Span<float>(to + (nint)i * pooledLength, pooledLength));
            }
        });
        return pooled.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>As <see cref="RoiAlign.Backward"/>. Every value is added up in the order of the regions, however many threads there are.</summary>
    public static unsafe Tensor Backward(Tensor gradient, long[] shape, IReadOnlyList<Region> regions, RoiAlignSettings settings)
    {
        using var scope = NewDisposeScope();
        (int images, int channels, int rows, int columns) = ((int)shape[0], (int)shape[1], (int)shape[2], (int)shape[3]);
        Tensor map = zeros([images, rows, columns, channels], float32);
        if (regions.Count > 0)
        {
            Tensor pooled = gradient.detach().permute(0, 2, 3, 1).contiguous();
            float* from = Memory(pooled), to = Memory(map);
            (int mapLength, int pooledLength) = (checked(rows * columns * channels), settings.Rows * settings.Columns * channels);
            (RoiAxis Vertical, RoiAxis Horizontal)[] axes =
                [.. regions.Select(region => (RoiAxis.Vertical(region.Box, rows, settings), RoiAxis.Horizontal(region.Box, columns, settings)))];
            ILookup<int, int> members = Enumerable.Range(0, regions.Count).ToLookup(i => regions[i].Image);
            int blocks = (channels + ChannelsAtOnce - 1) / ChannelsAtOnce;
            Parallel.For(0, images * blocks, part =>
            {
                (int image, int block) = Math.DivRem(part, blocks);
                int firstChannel = block * ChannelsAtOnce;
                foreach (int i in members[image])
                    RoiKernel.Spread(
                        new ReadOnlySpan<float>(from + (nint)i * pooledLength, pooledLength), firstChannel, Math.Min(ChannelsAtOnce, channels - firstChannel),
                        axes[i].Vertical, axes[i].Horizontal, new Span<float>(to + (nint)image * mapLength, mapLength), columns);
            });
        }
        return map.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    // The bytes of a whole tensor must be fewer than 2^31; a pointer to the first may lead to more.
    private static unsafe float* Memory(Tensor contiguous)
    {
        fixed (byte* first = contiguous.view(-1).narrow(0, 0, 1).bytes)
            return (float*)first;
    }
}
