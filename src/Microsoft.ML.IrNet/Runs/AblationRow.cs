namespace Microsoft.ML.IrNet.Runs;

/// <summary>How good the labels are with only some parts of the method (paper, table 2).</summary>
/// <param name="Name">The parts: CAM alone, + class boundaries, + displacement field.</param>
/// <param name="AP50">AP^r at IoU 0.5.</param>
/// <param name="MeanIoU">Of the semantic maps.</param>
public sealed record AblationRow(string Name, double AP50, double MeanIoU);
