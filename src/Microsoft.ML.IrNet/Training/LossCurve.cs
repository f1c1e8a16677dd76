namespace Microsoft.ML.IrNet.Training;

/// <summary>A loss over a training.</summary>
/// <param name="Name">The loss, as progress names it.</param>
/// <param name="Values">Of each optimiser step from the first one on; NaN for a step of which no photograph could be read.</param>
public sealed record LossCurve(string Name, IReadOnlyList<float> Values);
