using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Pools every region from the level of the feature pyramid that suits its size (Feature Pyramid Networks, equation 1).</summary>
/// <param name="side">Bins down and across.</param>
/// <param name="samplingRatio">Points a bin is sampled at along each axis.</param>
internal sealed class RegionPooler(int side, int samplingRatio)
{
    // The finest map has four pixels a cell: 2^2.
    private const int FinestLevel = 2;

    /// <summary>Pools regions; not recorded by autograd.</summary>
    /// <param name="pyramid">[images, channels, rows, columns] of each level, finest first.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="scales">Cells for a pixel at each level, each half the one before.</param>
    /// <returns>[regions, channels, side, side] in the order of the regions, the channels side by side in memory.</returns>
    /// <exception cref="ArgumentException">There are not as many levels as scales, or <see cref="RoiAlign"/> refuses a level or a region.</exception>
    public Tensor Forward(IReadOnlyList<Tensor> pyramid, IReadOnlyList<Region> regions, IReadOnlyList<float> scales)
    {
        Require(pyramid, scales);
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        long channels = pyramid[0].shape[1];
        Tensor pooled = empty([regions.Count, side, side, channels], float32, pyramid[0].device);
        foreach (IGrouping<int, int> level in Levels(regions, scales))
        {
            using var inner = NewDisposeScope();
            Tensor part = RoiAlign.Forward(pyramid[level.Key], [.. level.Select(i => regions[i])], Settings(scales[level.Key]));
            pooled.index_copy_(0, Indices(level, pooled.device), part.permute(0, 2, 3, 1));
        }
        return pooled.permute(0, 3, 1, 2).MoveToOuterDisposeScope();
    }

    /// <summary>The gradient of every level; zeros for levels without a region.</summary>
    /// <param name="gradient">The gradient of what <see cref="Forward"/> returned.</param>
    /// <param name="pyramid">The levels, of which shape and device count.</param>
    /// <param name="regions">The regions.</param>
    /// <param name="scales">Cells for a pixel at each level.</param>
    /// <exception cref="ArgumentException">The gradient is not one of the regions, or as for <see cref="Forward"/>.</exception>
    public Tensor[] Backward(Tensor gradient, IReadOnlyList<Tensor> pyramid, IReadOnlyList<Region> regions, IReadOnlyList<float> scales)
    {
        Require(pyramid, scales);
        if (gradient.dim() != 4 || gradient.shape[0] != regions.Count)
            throw new ArgumentException($"A gradient [{string.Join(", ", gradient.shape)}] is not one of {regions.Count} regions.", nameof(gradient));
        using var guard = no_grad();
        using var scope = NewDisposeScope();
        // Channels side by side, so that the regions of a level are picked as whole rows.
        Tensor bins = gradient.detach().permute(0, 2, 3, 1).contiguous();
        var gradients = new Tensor[pyramid.Count];
        ILookup<int, int> levels = Levels(regions, scales);
        for (int level = 0; level < gradients.Length; level++)
        {
            using var inner = NewDisposeScope();
            Tensor part = bins.index_select(0, Indices(levels[level], bins.device)).permute(0, 3, 1, 2);
            gradients[level] = RoiAlign.Backward(part, pyramid[level], [.. levels[level].Select(i => regions[i])], Settings(scales[level]))
                .MoveToOuterDisposeScope();
        }
        return [.. gradients.Select(level => level.MoveToOuterDisposeScope())];
    }

    /// <summary>The level a box is pooled from, 0 for the finest: a box of 224 x 224 pixels from P4, one of half the sides one level finer.</summary>
    /// <param name="box">The box.</param>
    /// <param name="finest">The binary logarithm of the pixels in a cell of the finest level.</param>
    /// <param name="levels">How many levels there are.</param>
    public static int Level(BoundingBox box, int finest = FinestLevel, int levels = 4)
    {
        float level = MathF.Floor(4 + MathF.Log2(MathF.Sqrt(Boxes.Area(box)) / 224) + 1e-6f) - finest;
        // A box without area is as small as they get.
        return level >= 0 ? (int)MathF.Min(level, levels - 1) : 0;
    }

    /// <summary>
    /// The scales that torchvision takes, once and for good, from the first batch it sees: powers of two, from the heights. For images below about 50 pixels they are not
    /// those of the network, 1/4 to 1/32.
    /// </summary>
    /// <param name="heights">Rows of each level.</param>
    /// <param name="largestImageHeight">The largest height in the batch, without padding.</param>
    public static float[] InferScales(IReadOnlyList<int> heights, int largestImageHeight) =>
        [.. heights.Select(height => MathF.Pow(2, MathF.Round(MathF.Log2((float)height / largestImageHeight))))];

    private static void Require(IReadOnlyList<Tensor> pyramid, IReadOnlyList<float> scales)
    {
        if (pyramid.Count == 0 || pyramid.Count != scales.Count)
            throw new ArgumentException($"{scales.Count} scales do not belong to {pyramid.Count} levels.", nameof(scales));
    }

    private static ILookup<int, int> Levels(IReadOnlyList<Region> regions, IReadOnlyList<float> scales)
    {
        int finest = (int)-MathF.Round(MathF.Log2(scales[0]));
        return Enumerable.Range(0, regions.Count).ToLookup(i => Level(regions[i].Box, finest, scales.Count));
    }

    private static Tensor Indices(IEnumerable<int> indices, Device device) => tensor([.. indices.Select(i => (long)i)], device: device);

    private RoiAlignSettings Settings(float scale) => new(side, side, scale, samplingRatio, Aligned: false);
}
