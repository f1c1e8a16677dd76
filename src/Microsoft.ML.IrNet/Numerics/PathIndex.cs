namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// The neighbours of a pixel within a radius and the paths to them, over which the class boundary decides their affinity
/// (Ahn, Cho, Kwak, CVPR 2019, section 4.2). Of each pair of opposite neighbours one is listed: the lower one, or the right one in the same row.
/// </summary>
public sealed class PathIndex
{
    /// <summary>Lists the neighbours nearer than <paramref name="radius"/> pixels.</summary>
    /// <param name="radius">At least 2; 5 for the random walk, 10 for the losses.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is below 2.</exception>
    public PathIndex(int radius)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(radius, 2);
        Radius = radius;
        var directions = new List<PathDirection>();
        for (int x = 1; x < radius; x++)
            directions.Add(Direction(0, x));
        for (int y = 1; y < radius; y++)
            for (int x = -radius + 1; x < radius; x++)
                if (x * x + y * y < radius * radius)
                    directions.Add(Direction(y, x));
        Directions = [.. directions.OrderBy(direction => direction.Path.Count)];
    }

    /// <summary>Neighbours lie strictly nearer than this, in pixels.</summary>
    public int Radius { get; }

    /// <summary>The furthest neighbour along an axis: <see cref="Radius"/> - 1.</summary>
    public int RadiusFloor => Radius - 1;

    /// <summary>The neighbours by ascending length of their path; equally long ones by row, then column. 34 for radius 5, 152 for radius 10.</summary>
    public IReadOnlyList<PathDirection> Directions { get; }

    private static PathDirection Direction(int deltaY, int deltaX)
    {
        int squaredLength = deltaY * deltaY + deltaX * deltaX;
        var path = new List<(int Y, int X)>();
        for (int y = 0; y <= deltaY; y++)
            for (int x = Math.Min(0, deltaX); x <= Math.Max(0, deltaX); x++)
            {
                int offLine = deltaY * x - deltaX * y;
                if (offLine * offLine < squaredLength)
                    path.Add((y, x));
            }
        return new PathDirection(deltaY, deltaX, [.. path.OrderByDescending(point => point.Y + Math.Abs(point.X))]);
    }
}
