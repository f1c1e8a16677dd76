namespace Microsoft.ML.IrNet.Networks;

/// <summary>The number of weighted layers of a residual network (He et al., CVPR 2016, table 1).</summary>
public enum ResNetDepth
{
    /// <summary>Basic blocks, 2-2-2-2.</summary>
    ResNet18 = 18,

    /// <summary>Basic blocks, 3-4-6-3.</summary>
    ResNet34 = 34,

    /// <summary>Bottleneck blocks, 3-4-6-3: the published choice.</summary>
    ResNet50 = 50,

    /// <summary>Bottleneck blocks, 3-4-23-3.</summary>
    ResNet101 = 101,
}
