namespace Microsoft.ML.IrNet.Training;

/// <summary>Over what the displacement field's mean is taken, which inference subtracts.</summary>
public enum MeanDisplacementKind
{
    /// <summary>The real pixels of all photographs, each at its own size, whatever their number.</summary>
    RealPixels,

    /// <summary>
    /// As published: whole batches of crops, padding included, an incomplete last batch left out. Fewer photographs than a batch,
    /// at which the published code fails, make one batch.
    /// </summary>
    PaddedBatches,
}
