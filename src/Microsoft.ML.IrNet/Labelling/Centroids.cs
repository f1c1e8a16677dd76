using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>
/// Lets every cell follow the displacement field (Ahn, Cho, Kwak, CVPR 2019, section 5.1): its position moves by the field sampled there, again and again,
/// until it rests on its instance's centroid. Positions are float32 and the sums float64, as in the published code, whose results these are bit for bit.
/// </summary>
internal static class Centroids
{
    /// <returns>The cell index (row x columns + column) where each cell ends.</returns>
    public static int[] Find(float[] displacement, int rows, int columns, int iterations)
    {
        var centroids = new int[rows * columns];
        RowBands.For(rows, 1000L * columns, (first, end) =>
        {
            for (int y = first; y < end; y++)
                for (int x = 0; x < columns; x++)
                    centroids[y * columns + x] = Follow(displacement, rows, columns, y, x, iterations);
        });
        return centroids;
    }

    private static int Follow(float[] displacement, int rows, int columns, float y, float x, int iterations)
    {
        ReadOnlySpan<float> down = displacement.AsSpan(0, rows * columns);
        ReadOnlySpan<float> right = displacement.AsSpan(rows * columns);
        for (int i = 0; i < iterations; i++)
        {
            var (top, left) = ((int)MathF.Floor(y), (int)MathF.Floor(x));
            var (bottom, far) = ((int)MathF.Ceiling(y), (int)MathF.Ceiling(x));
            var (below, beyond) = ((double)y - top, (double)x - left);
            var (upperLeft, upperRight) = (top * columns + left, top * columns + far);
            var (lowerLeft, lowerRight) = (bottom * columns + left, bottom * columns + far);
            double moveDown = down[lowerRight] * below * beyond + down[lowerLeft] * below * (1 - beyond)
                + down[upperRight] * (1 - below) * beyond + down[upperLeft] * (1 - below) * (1 - beyond);
            double moveRight = right[lowerRight] * below * beyond + right[lowerLeft] * below * (1 - beyond)
                + right[upperRight] * (1 - below) * beyond + right[upperLeft] * (1 - below) * (1 - beyond);
            float nextY = Math.Clamp((float)(y + moveDown), 0, rows - 1);
            float nextX = Math.Clamp((float)(x + moveRight), 0, columns - 1);
            // A position that repeats would repeat for ever.
            if (nextY == y && nextX == x)
                break;
            (y, x) = (nextY, nextX);
        }
        return (int)MathF.Round(y) * columns + (int)MathF.Round(x);
    }
}
