namespace Microsoft.ML.IrNet.Networks;

/// <summary>The shape of a residual network. The defaults are the published ones.</summary>
public sealed record ResNetOptions
{
    /// <summary>The number of layers.</summary>
    public ResNetDepth Depth { get; init; } = ResNetDepth.ResNet50;

    /// <summary>Whether bottlenecks stride in their first 1x1 convolution, as the original Caffe release does, instead of the 3x3, as torchvision does. No effect on basic blocks.</summary>
    public bool StrideIn1x1 { get; init; }

    /// <summary>Pixels per cell of the last tap: 8, 16 (published) or 32. The strides beyond it are dropped; <see cref="Dilated"/> says what happens in return.</summary>
    public int OutputStride { get; init; } = 16;

    /// <summary>
    /// Whether dilation makes up for the strides that <see cref="OutputStride"/> drops, as segmentation networks need it and as torchvision does (the stride of a
    /// layer becomes its dilation, from its second block on): for 8, layer3 is dilated by 1, 2, 2... and layer4 by 2, 4, 4...; for 16, layer4 by 1, 2, 2...
    /// IRNet's published backbone is not dilated.
    /// </summary>
    public bool Dilated { get; init; }

    /// <summary>Channels of the stem, doubled by each later layer: 64 in every published network, less for small networks trained from scratch. At least 1.</summary>
    public int BaseWidth { get; init; } = 64;

    /// <summary>Which statistics the batch norms use.</summary>
    public Normalisation Normalisation { get; init; } = Normalisation.FrozenBatchNorm;

    internal bool HasBottlenecks => Depth is ResNetDepth.ResNet50 or ResNetDepth.ResNet101;

    internal int[] BlockCounts => Depth switch
    {
        ResNetDepth.ResNet18 => [2, 2, 2, 2],
        ResNetDepth.ResNet34 or ResNetDepth.ResNet50 => [3, 4, 6, 3],
        ResNetDepth.ResNet101 => [3, 4, 23, 3],
        _ => throw new OptionException(nameof(Depth), $"{(int)Depth} is no known depth; use 18, 34, 50 or 101."),
    };

    internal void Validate()
    {
        _ = BlockCounts;
        if (OutputStride is not (8 or 16 or 32))
            throw new OptionException(nameof(OutputStride), $"{OutputStride} is not possible; use 8, 16 or 32.");
        if (BaseWidth < 1)
            throw new OptionException(nameof(BaseWidth), $"{BaseWidth} is too small; use 1 or more, 64 for published weights.");
        if (!Enum.IsDefined(Normalisation))
            throw new OptionException(nameof(Normalisation), $"{(int)Normalisation} is no known normalisation.");
    }
}
