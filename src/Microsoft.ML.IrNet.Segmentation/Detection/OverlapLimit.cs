namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Thresholds of float32 overlaps.</summary>
internal static class OverlapLimit
{
    /// <summary>
    /// The largest float32 that is not above the threshold: a float32 is above the one exactly where it is above the other. The published CPU code compares with
    /// the double, so that an overlap of exactly 0.3f, which is above 0.3, is too much for 0.3.
    /// </summary>
    public static float For(double threshold)
    {
        float nearest = (float)threshold;
        return nearest > threshold ? MathF.BitDecrement(nearest) : nearest;
    }
}
