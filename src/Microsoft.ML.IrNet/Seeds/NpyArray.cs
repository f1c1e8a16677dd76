namespace Microsoft.ML.IrNet.Seeds;

/// <summary>An array of a .npy file.</summary>
/// <param name="Shape">The sizes of its axes.</param>
/// <param name="Values">Its values, row-major.</param>
internal sealed record NpyArray(int[] Shape, float[] Values);
