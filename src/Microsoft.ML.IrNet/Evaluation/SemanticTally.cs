namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What one photograph adds to a <see cref="SemanticEvaluator"/>: the pixels of each pair of labels that occurs.</summary>
/// <param name="Pairs">True label x number of labels + predicted label, ascending.</param>
/// <param name="Pixels">How many there are of each.</param>
internal sealed record SemanticTally(int[] Pairs, long[] Pixels)
{
    /// <summary>Whether a tally that was kept on disk is one, of so many classes.</summary>
    public bool IsWhole(int classes) => Pairs is not null && Pixels is not null && Pairs.Length == Pixels.Length
        && Array.TrueForAll(Pairs, pair => pair >= 0 && pair < (classes + 1) * (classes + 1)) && Array.TrueForAll(Pixels, pixels => pixels >= 0);
}
