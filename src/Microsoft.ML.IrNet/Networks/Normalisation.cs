namespace Microsoft.ML.IrNet.Networks;

/// <summary>Where the batch norms of a backbone take their mean and variance from. Names and shapes of the weights are the same for all.</summary>
public enum Normalisation
{
    /// <summary>Always the stored running statistics, in training too, as published; for weights that were trained elsewhere.</summary>
    FrozenBatchNorm,

    /// <summary>The batch's own statistics in training, which also update the running ones (momentum 0.1); running statistics in evaluation. For a network trained from scratch, together with no frozen stage.</summary>
    BatchNorm,
}
