using Microsoft.ML.IrNet.Numerics;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// <see cref="AffinityDisplacementLoss"/> as tensor operations, which run on the device that holds the maps. Many directions go at once, as many as fit into some
/// 256 MB, so that a batch takes hundreds of operations, not tens of thousands.
/// </summary>
/// <remarks>
/// The gradients are the same each time to the last bit on GPUs too, where sums are taken in any order: they are sums of whole numbers (<see cref="PairTensors"/>).
/// </remarks>
internal sealed class TensorAffinityDisplacementLoss
{
    private const long WorkingBytes = 256L << 20;
    // Of all that lives at once while a chunk is evaluated.
    private const long BytesPerPair = 100;

    private readonly PathIndex _paths;

    /// <inheritdoc cref="AffinityDisplacementLoss(int)"/>
    public TensorAffinityDisplacementLoss(int radius)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radius, 2);
        _paths = new PathIndex(radius);
    }

    /// <summary>Computes losses and gradients of a batch.</summary>
    /// <param name="boundaryLogits">[batch, 1, rows, columns].</param>
    /// <param name="displacement">(dy, dx) in map cells, [batch, 2, rows, columns], on the same device.</param>
    /// <param name="labels">Interpixel labels at map size, [batch, rows, columns]: 0 background, class + 1, 255 ignored.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together, or the map is too small for the radius.</exception>
    public LossGradients Compute(Tensor boundaryLogits, Tensor displacement, byte[] labels)
    {
        ArgumentNullException.ThrowIfNull(boundaryLogits);
        ArgumentNullException.ThrowIfNull(displacement);
        ArgumentNullException.ThrowIfNull(labels);
        long[] shape = boundaryLogits.shape;
        (int batch, int rows, int columns) = ((int)shape[0], (int)shape[2], (int)shape[3]);
        AffinityDisplacementLoss.RequireSizes(boundaryLogits.numel(), displacement.numel(), labels.Length, batch, rows, columns, _paths.Radius);

        using var guard = no_grad();
        using var scope = NewDisposeScope();
        var pairs = new PairTensors(boundaryLogits, displacement, labels, _paths.RadiusFloor);
        long directions = WorkingBytes / (BytesPerPair * batch * pairs.Sources);
        DirectionTensors[] chunks =
        [
            .. _paths.Directions.Select(direction => PairDirection.Of(direction, columns))
                .Chunk((int)Math.Clamp(directions, 1, _paths.Directions.Count))
                .Select(chunk => new DirectionTensors(chunk, boundaryLogits.device)),
        ];
        foreach (DirectionTensors chunk in chunks)
            pairs.Count(chunk);
        (long background, long foreground, long negative) = pairs.Counts();
        PairWeights weights = PairWeights.Of(background, foreground, negative);
        pairs.Weigh(weights);
        foreach (DirectionTensors chunk in chunks)
            pairs.Evaluate(chunk);
        double[] sums = pairs.Sums();
        var losses = new AffinityDisplacementLosses
        {
            BackgroundAffinity = sums[0] * weights.Background,
            ForegroundAffinity = sums[1] * weights.Foreground,
            NegativeAffinity = sums[2] * weights.Negative,
            DisplacementBackground = sums[3] * weights.DisplacementBackground,
            DisplacementForeground = sums[4] * weights.DisplacementForeground,
            BackgroundPairs = background,
            ForegroundPairs = foreground,
            NegativePairs = negative,
        };
        return new LossGradients(
            losses,
            pairs.BoundaryGradient().view(shape).MoveToOuterDisposeScope(),
            pairs.DisplacementGradient().view(displacement.shape).MoveToOuterDisposeScope());
    }
}
