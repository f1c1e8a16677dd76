namespace Microsoft.ML.IrNet.Training;

/// <summary>What the sum over each kind of pair is multiplied with to become a loss: one over its count, plus 1e-5 against none.</summary>
internal readonly record struct PairWeights(
    double Background, double Foreground, double Negative, double DisplacementBackground, double DisplacementForeground)
{
    public static PairWeights Of(long background, long foreground, long negative) => new(
        1 / (background + 1e-5), 1 / (foreground + 1e-5), 1 / (negative + 1e-5), 1 / (2.0 * background + 1e-5), 1 / (2.0 * foreground + 1e-5));
}
