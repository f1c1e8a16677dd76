namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What became of one detection, a bit for each IoU threshold.</summary>
/// <param name="Score">How sure it was.</param>
/// <param name="Rank">Its place among the detections of its photograph and class, the surest 0.</param>
/// <param name="Matched">It found an object.</param>
/// <param name="Ignored">It counts neither as right nor as wrong.</param>
internal readonly record struct CocoMatch(float Score, byte Rank, ushort Matched, ushort Ignored);
