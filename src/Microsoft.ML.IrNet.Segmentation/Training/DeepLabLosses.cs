namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>The cross-entropies of a batch, in nats, each the mean over its labelled pixels.</summary>
/// <param name="Main">Of the head.</param>
/// <param name="Auxiliary">Of the auxiliary head; 0 where there is none.</param>
internal readonly record struct DeepLabLosses(float Main, float Auxiliary);
