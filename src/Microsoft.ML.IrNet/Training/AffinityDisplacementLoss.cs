using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// The affinity and displacement losses that IRNet learns from (paper sections 4.2 and 4.3), with their gradients.
/// Two cells closer than the radius are alike as far as no boundary lies on the line between them; interpixel labels say which pairs
/// should be alike. Instead of the published table of 28 million path indices a batch, running maxima along shifted rows.
/// </summary>
/// <remarks>The result does not depend on the number of threads.</remarks>
public sealed class AffinityDisplacementLoss
{
    // Fixed, so that sums are always taken in the same order.
    private const int SlicesPerImage = 2;

    private readonly PathIndex _paths;

    /// <summary>Prepares the search paths.</summary>
    /// <param name="radius">Pairs are at most this many map cells apart (open disc); at least 2. Published: 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is below 2.</exception>
    public AffinityDisplacementLoss(int radius)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radius, 2);
        _paths = new PathIndex(radius);
    }

    /// <summary>The smallest map width that holds a pair; the height may be half of it.</summary>
    public static int MinimumWidth(int radius) => 2 * (radius - 1) + 1;

    /// <summary>Computes losses and gradients of a batch.</summary>
    /// <param name="boundaryLogits">[batch, 1, rows, columns].</param>
    /// <param name="displacement">(dy, dx) in map cells, [batch, 2, rows, columns].</param>
    /// <param name="labels">Interpixel labels at map size, [batch, rows, columns]: 0 background, class + 1, 255 ignored.</param>
    /// <param name="batch">Images.</param>
    /// <param name="rows">Map rows.</param>
    /// <param name="columns">Map columns.</param>
    /// <exception cref="ArgumentException">The sizes do not fit together, or the map is too small for the radius.</exception>
    public AffinityDisplacementResult Compute(float[] boundaryLogits, float[] displacement, byte[] labels, int batch, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(boundaryLogits);
        ArgumentNullException.ThrowIfNull(displacement);
        ArgumentNullException.ThrowIfNull(labels);
        int cells = rows * columns;
        RequireSizes(boundaryLogits.Length, displacement.Length, labels.Length, batch, rows, columns, _paths.Radius);

        var slices = new PairSlice[batch * SlicesPerImage];
        var directions = Enumerable.Range(0, SlicesPerImage)
            .Select(slice => _paths.Directions.Where((_, i) => i % SlicesPerImage == slice).Select(direction => PairDirection.Of(direction, columns)).ToArray())
            .ToArray();
        var maps = new PairMaps[batch];
        Parallel.For(0, batch, image => maps[image] = PairMaps.Of(boundaryLogits, displacement, labels, image, rows, columns, _paths.RadiusFloor));
        Parallel.For(0, slices.Length, i =>
        {
            slices[i] = new PairSlice(maps[i / SlicesPerImage], directions[i % SlicesPerImage]);
            slices[i].Count();
        });

        // Every mean's denominator is a count of label pairs, so the gradients can be scaled while the losses are summed.
        long background = slices.Sum(slice => slice.BackgroundPairs);
        long foreground = slices.Sum(slice => slice.ForegroundPairs);
        long negative = slices.Sum(slice => slice.NegativePairs);
        PairWeights weights = PairWeights.Of(background, foreground, negative);
        Parallel.For(0, slices.Length, i => slices[i].Evaluate(weights));

        float[] boundaryGradient = new float[batch * cells];
        float[] displacementGradient = new float[2 * batch * cells];
        Parallel.For(0, batch, image =>
        {
            ReadOnlySpan<PairSlice> own = slices.AsSpan(image * SlicesPerImage, SlicesPerImage);
            for (int cell = 0; cell < cells; cell++)
            {
                (double toBoundary, double toY, double toX) = (0, 0, 0);
                foreach (PairSlice slice in own)
                {
                    toBoundary += slice.MaximumGradient[cell];
                    toY += slice.YGradient[cell];
                    toX += slice.XGradient[cell];
                }
                double sigmoid = maps[image].Boundary[cell];
                boundaryGradient[image * cells + cell] = (float)(toBoundary * sigmoid * (1 - sigmoid));
                displacementGradient[2 * image * cells + cell] = (float)toY;
                displacementGradient[(2 * image + 1) * cells + cell] = (float)toX;
            }
        });
        // A running maximum would step over a logit that is no number.
        double poison = Array.Exists(boundaryLogits, float.IsNaN) ? double.NaN : 0;
        return new AffinityDisplacementResult
        {
            BackgroundAffinity = slices.Sum(slice => slice.BackgroundAffinity) * weights.Background + poison,
            ForegroundAffinity = slices.Sum(slice => slice.ForegroundAffinity) * weights.Foreground + poison,
            NegativeAffinity = slices.Sum(slice => slice.NegativeAffinity) * weights.Negative + poison,
            DisplacementForeground = slices.Sum(slice => slice.DisplacementForeground) * weights.DisplacementForeground,
            DisplacementBackground = slices.Sum(slice => slice.DisplacementBackground) * weights.DisplacementBackground,
            BackgroundPairs = background,
            ForegroundPairs = foreground,
            NegativePairs = negative,
            BoundaryGradient = boundaryGradient,
            DisplacementGradient = displacementGradient,
        };
    }

    /// <summary>The same from tensors and to tensors on their device, by way of the CPU.</summary>
    internal LossGradients Compute(Tensor boundaryLogits, Tensor displacement, byte[] labels)
    {
        long[] shape = boundaryLogits.shape;
        AffinityDisplacementResult result = Compute(
            ImageTensor.Values(boundaryLogits.detach()), ImageTensor.Values(displacement.detach()), labels, (int)shape[0], (int)shape[2], (int)shape[3]);
        return new LossGradients(
            result,
            tensor(result.BoundaryGradient, shape, device: boundaryLogits.device),
            tensor(result.DisplacementGradient, displacement.shape, device: displacement.device));
    }

    /// <exception cref="ArgumentException">The numbers of values do not fit together, or the map is too small for the radius.</exception>
    internal static void RequireSizes(long boundaryLogits, long displacement, long labels, int batch, int rows, int columns, int radius)
    {
        long cells = (long)batch * rows * columns;
        if (boundaryLogits != cells || displacement != 2 * cells || labels != cells)
            throw new ArgumentException($"Boundary, displacement and labels are not of {batch} images with {rows} x {columns} cells.", nameof(labels));
        if (columns < MinimumWidth(radius) || rows < radius)
            throw new ArgumentException($"A map of {rows} x {columns} cells has no pair of radius {radius}.", nameof(columns));
    }
}
