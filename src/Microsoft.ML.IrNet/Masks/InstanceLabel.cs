namespace Microsoft.ML.IrNet.Masks;

/// <summary>One object of a photograph: its class, how sure the labeller is, its box and its mask.</summary>
/// <param name="ClassIndex">0-based index into the data set's classes.</param>
/// <param name="Score">0..1; ground truth has 1.</param>
/// <param name="Box">The tight box of the mask.</param>
/// <param name="Mask">The pixels, run-length encoded.</param>
public sealed record InstanceLabel(int ClassIndex, float Score, BoundingBox Box, RunLengthMask Mask)
{
    /// <summary>Whether this is ground truth for a group too dense to be told apart (COCO's iscrowd).</summary>
    public bool IsCrowd { get; init; }

    /// <summary>The area in pixels that COCO ground truth states, which may differ a little from the mask's; null where none is stated.</summary>
    public double? StatedArea { get; init; }
}
