using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Training;

/// <summary>A search direction in a map of known width.</summary>
/// <param name="DeltaY">Rows from source to destination.</param>
/// <param name="DeltaX">Columns from source to destination.</param>
/// <param name="Offsets">Cell offsets of the path's points from the source, destination first.</param>
internal sealed record PairDirection(int DeltaY, int DeltaX, int[] Offsets)
{
    public static PairDirection Of(PathDirection direction, int columns) =>
        new(direction.DeltaY, direction.DeltaX, [.. direction.Path.Select(point => point.Y * columns + point.X)]);
}
