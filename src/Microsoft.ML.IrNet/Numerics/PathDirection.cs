namespace Microsoft.ML.IrNet.Numerics;

/// <summary>A pixel's neighbour and the pixels on the way to it.</summary>
/// <param name="DeltaY">Rows down to the neighbour; never negative.</param>
/// <param name="DeltaX">Columns right to the neighbour; negative is left.</param>
/// <param name="Path">Every pixel less than one pixel off the straight line, relative to the origin: the neighbour first, the origin last.</param>
public sealed record PathDirection(int DeltaY, int DeltaX, IReadOnlyList<(int Y, int X)> Path);
