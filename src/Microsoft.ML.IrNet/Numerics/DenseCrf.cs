namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// Fully connected CRF with Gaussian edge potentials (Krähenbühl and Koltun, NIPS 2011): labels are drawn to the edges of the photograph.
/// Mean-field updates Q = softmax(-U + sum_k w_k D^1/2 K_k D^1/2 Q) with Potts compatibility, the kernels K_k applied by a permutohedral lattice.
/// </summary>
public static class DenseCrf
{
    /// <summary>Refines per-pixel label energies.</summary>
    /// <param name="rgb">The photograph, [height, width, 3].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="unary">[labels, height, width]; negative logarithms of probabilities, finite.</param>
    /// <param name="labels">How many labels there are.</param>
    /// <param name="options">Weights, deviations and iterations.</param>
    /// <returns>Probabilities [labels, height, width] that sum to 1 over the labels.</returns>
    /// <exception cref="ArgumentException">An array has another size, or the energies hold NaN or infinity.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static float[] Infer(ReadOnlySpan<byte> rgb, int height, int width, ReadOnlySpan<float> unary, int labels, DenseCrfOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 1);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ValueRange.RequireLength(rgb.Length, (long)height * width * 3, nameof(rgb), "height x width x 3");
        ValueRange.RequireLength(unary.Length, (long)labels * height * width, nameof(unary), "labels x height x width");
        ValueRange.Require(unary, float.MinValue, float.MaxValue, nameof(unary));
        return new DenseCrfModel(rgb.ToArray(), height, width, options).Infer(unary.ToArray(), labels);
    }

    /// <summary>The most probable label of each pixel; the first where several are.</summary>
    /// <param name="probabilities">[labels, pixels].</param>
    /// <param name="labels">1 to 256.</param>
    /// <returns>[pixels].</returns>
    /// <exception cref="ArgumentException">The probabilities are not a whole number of maps.</exception>
    public static byte[] ArgMax(ReadOnlySpan<float> probabilities, int labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels, 256);
        int pixels = probabilities.Length / labels;
        ValueRange.RequireLength(probabilities.Length, (long)pixels * labels, nameof(probabilities), "labels x pixels");
        var best = probabilities[..pixels].ToArray();
        var result = new byte[pixels];
        for (int label = 1; label < labels; label++)
        {
            ReadOnlySpan<float> map = probabilities.Slice(label * pixels, pixels);
            for (int pixel = 0; pixel < pixels; pixel++)
                if (map[pixel] > best[pixel])
                    (best[pixel], result[pixel]) = (map[pixel], (byte)label);
        }
        return result;
    }
}
