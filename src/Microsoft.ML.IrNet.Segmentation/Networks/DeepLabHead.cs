namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>How DeepLab makes classes of the deepest features. The rates are for an output stride of 8; for 16 they are half as large.</summary>
public enum DeepLabHead
{
    /// <summary>Atrous spatial pyramid pooling of rates 12, 24 and 36 with the mean over the image, joined and read by two further convolutions (Chen et al., 2017, "Rethinking atrous convolution").</summary>
    V3,

    /// <summary>The sum of four 3x3 convolutions of rates 6, 12, 18 and 24 that give the classes at once (Chen et al., PAMI 2018, "DeepLab"): the network of most weakly supervised work.</summary>
    V2,
}
