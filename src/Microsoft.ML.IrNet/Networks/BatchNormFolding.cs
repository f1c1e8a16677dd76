namespace Microsoft.ML.IrNet.Networks;

/// <summary>Makes a backbone fast for inference.</summary>
public static class BatchNormFolding
{
    /// <summary>
    /// Copies a residual network with its batch norms, taken in evaluation mode, folded into the convolutions. The copy gives the same taps up
    /// to rounding (about 1e-5 of a tap's maximum), never builds a graph, does not follow later changes of the source, and is on the source's device.
    /// </summary>
    /// <param name="backbone">The network, which stays as it is.</param>
    /// <returns>The copy, to be disposed by the caller.</returns>
    public static Backbone Fold(ResNetBackbone backbone)
    {
        ArgumentNullException.ThrowIfNull(backbone);
        return new FoldedBackbone(backbone);
    }
}
