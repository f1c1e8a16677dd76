namespace Microsoft.ML.IrNet.Masks;

/// <summary>One object of a photograph: its class, how sure the labeller is, its box and its mask.</summary>
/// <param name="ClassIndex">0-based index into the data set's classes.</param>
/// <param name="Score">0..1; ground truth has 1.</param>
/// <param name="Box">The tight box of the mask.</param>
/// <param name="Mask">The pixels, run-length encoded.</param>
public sealed record InstanceLabel(int ClassIndex, float Score, BoundingBox Box, RunLengthMask Mask);
