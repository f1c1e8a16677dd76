namespace Microsoft.ML.IrNet.Numerics;

/// <summary>One term of the Chebyshev recurrence: previous := factor M current - previous, and sum += coefficient times that.</summary>
/// <param name="Current">Padded maps, one after another.</param>
/// <param name="Previous">The same of the term before.</param>
/// <param name="Sum">The series so far.</param>
/// <param name="Factor">1 for the first term, 2 for all others.</param>
/// <param name="Coefficient">Of this term in the series.</param>
internal readonly record struct WalkStep(float[] Current, float[] Previous, float[] Sum, float Factor, float Coefficient);
