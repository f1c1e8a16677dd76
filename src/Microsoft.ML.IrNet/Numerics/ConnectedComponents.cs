namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Numbers the connected regions of a map.</summary>
public static class ConnectedComponents
{
    /// <summary>
    /// Gives every region of 4-connected cells with the same value a number from 1, in raster order of the regions' first cells;
    /// cells with the default value (0, false) get 0.
    /// </summary>
    /// <param name="map">[height, width].</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="labels">Receives the numbers, [height, width].</param>
    /// <returns>The number of regions.</returns>
    /// <exception cref="ArgumentException">A span is not of the map's size.</exception>
    public static int Label<T>(ReadOnlySpan<T> map, int height, int width, Span<int> labels) where T : unmanaged, IEquatable<T>
    {
        ArgumentOutOfRangeException.ThrowIfNegative(height);
        ArgumentOutOfRangeException.ThrowIfNegative(width);
        ValueRange.RequireLength(map.Length, (long)height * width, nameof(map), "height x width");
        ValueRange.RequireLength(labels.Length, map.Length, nameof(labels), "height x width");

        // parents[l] leads from a provisional label to the smallest one of its region, which the region's first cell made.
        var parents = new List<int> { 0 };
        for (int y = 0, i = 0; y < height; y++)
            for (int x = 0; x < width; x++, i++)
            {
                T value = map[i];
                if (value.Equals(default))
                {
                    labels[i] = 0;
                    continue;
                }
                int left = x > 0 && map[i - 1].Equals(value) ? labels[i - 1] : 0;
                int above = y > 0 && map[i - width].Equals(value) ? labels[i - width] : 0;
                if (left == 0 && above == 0)
                {
                    labels[i] = parents.Count;
                    parents.Add(parents.Count);
                }
                else
                    labels[i] = left == 0 ? above : above == 0 || above == left ? left : Join(parents, left, above);
            }

        int count = 0;
        var numbers = new int[parents.Count];
        for (int label = 1; label < numbers.Length; label++)
            numbers[label] = parents[label] == label ? ++count : numbers[parents[label]];
        for (int i = 0; i < labels.Length; i++)
            labels[i] = numbers[labels[i]];
        return count;
    }

    private static int Join(List<int> parents, int first, int second)
    {
        first = Root(parents, first);
        second = Root(parents, second);
        int root = Math.Min(first, second);
        parents[first] = root;
        parents[second] = root;
        return root;
    }

    private static int Root(List<int> parents, int label)
    {
        while (parents[label] != label)
        {
            parents[label] = parents[parents[label]];
            label = parents[label];
        }
        return label;
    }
}
