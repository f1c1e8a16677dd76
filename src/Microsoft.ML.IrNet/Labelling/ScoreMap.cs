namespace Microsoft.ML.IrNet.Labelling;

/// <summary>The scores of one instance, or of one class, on the grid.</summary>
/// <param name="Tag">0-based class index.</param>
/// <param name="Scores">[rows, columns].</param>
/// <param name="Peak">The largest score.</param>
internal sealed record ScoreMap(int Tag, float[] Scores, float Peak);
