using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Brings maps of the networks to the photograph's size the way the labelling does: enlarged by the whole stride, then cropped.</summary>
internal static class MapStretch
{
    public static float[] ToPhotograph(ReadOnlySpan<float> map, int rows, int columns, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, columns);
        if (map.Length != rows * columns)
            throw new ArgumentException($"{map.Length} values do not make a {rows} x {columns} map.", nameof(map));
        int stride = Math.Max((height + rows - 1) / rows, (width + columns - 1) / columns);
        (int tall, int wide) = (rows * stride, columns * stride);
        var enlarged = new float[tall * wide];
        Bilinear.Resize(map, rows, columns, enlarged, tall, wide);
        var cropped = new float[height * width];
        for (int y = 0; y < height; y++)
            enlarged.AsSpan(y * wide, width).CopyTo(cropped.AsSpan(y * width));
        return cropped;
    }
}
