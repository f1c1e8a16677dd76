namespace Microsoft.ML.IrNet.Training;

/// <summary>What the sum over each kind of pair is multiplied with to become a loss: one over its count, plus 1e-5 against none.</summary>
internal readonly record struct PairWeights(
    double Background, double Foreground, double Negative, double DisplacementBackground, double DisplacementForeground);
