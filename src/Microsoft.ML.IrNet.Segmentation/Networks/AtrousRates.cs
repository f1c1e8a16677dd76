namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Rates of atrous convolutions: published for an output stride of 8, and in proportion for others, so that they reach as far over the photograph (Chen et al., 2017, section 3.3).</summary>
internal static class AtrousRates
{
    private const int PublishedStride = 8;

    /// <summary>The rates for a backbone of so many pixels a cell; at least 1.</summary>
    public static IEnumerable<int> For(int outputStride, params int[] published) => published.Select(rate => Math.Max(1, rate * PublishedStride / outputStride));
}
