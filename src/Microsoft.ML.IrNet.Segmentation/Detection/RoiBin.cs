namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>What a bin samples along one axis.</summary>
internal readonly ref struct RoiBin(ReadOnlySpan<int> cells, ReadOnlySpan<float> weights)
{
    /// <summary>The rows or columns; none where all samples lie outside of the map.</summary>
    public ReadOnlySpan<int> Cells { get; } = cells;

    /// <summary>What each counts for in the mean.</summary>
    public ReadOnlySpan<float> Weights { get; } = weights;
}
