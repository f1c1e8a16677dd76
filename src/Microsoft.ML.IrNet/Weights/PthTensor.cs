namespace Microsoft.ML.IrNet.Weights;

/// <summary>A tensor of a .pth file: a strided view of a storage.</summary>
internal sealed record PthTensor(PthStorage Storage, long Offset, long[] Shape, long[] Strides)
{
    /// <summary>More than torch itself allows.</summary>
    public const int MostDimensions = 64;
}
