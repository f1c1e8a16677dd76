namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What one photograph adds to a <see cref="SemanticEvaluator"/>: the pixels of each pair of labels that occurs.</summary>
/// <param name="Pairs">True label x number of labels + predicted label, ascending.</param>
/// <param name="Pixels">How many there are of each.</param>
internal sealed record SemanticTally(int[] Pairs, long[] Pixels);
