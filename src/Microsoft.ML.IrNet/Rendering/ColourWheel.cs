using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Pictures of displacement fields: the direction is the hue, the length the saturation, no displacement is white.</summary>
public static class ColourWheel
{
    /// <summary>A displacement field at the photograph's size.</summary>
    /// <param name="displacement">[2 (dy, dx), rows, columns] in map cells.</param>
    /// <param name="rows">Rows of the field.</param>
    /// <param name="columns">Columns of the field.</param>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <param name="full">The length in map cells that gets the full colour; 0 takes the longest displacement of this field.</param>
    /// <exception cref="ArgumentException">The values do not make a field of this size.</exception>
    public static RgbImage Draw(ReadOnlySpan<float> displacement, int rows, int columns, int height, int width, float full = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(full);
        int size = checked(rows * columns);
        if (displacement.Length != 2 * size)
            throw new ArgumentException($"{displacement.Length} values do not make a field of 2 x {rows} x {columns}.", nameof(displacement));
        float[] dy = MapStretch.ToPhotograph(displacement[..size], rows, columns, height, width);
        float[] dx = MapStretch.ToPhotograph(displacement[size..], rows, columns, height, width);
        if (full == 0)
            for (int p = 0; p < dy.Length; p++)
                full = Math.Max(full, MathF.Sqrt(dy[p] * dy[p] + dx[p] * dx[p]));
        var pixels = new byte[dy.Length * 3];
        for (int p = 0; p < dy.Length; p++)
            Paint(pixels.AsSpan(3 * p, 3), dy[p], dx[p], full);
        return new RgbImage(height, width, pixels);
    }

    /// <summary>The key to the colours: the disc of all directions, the full length at its rim, white outside.</summary>
    /// <param name="size">Rows and columns of the picture.</param>
    public static RgbImage Key(int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var pixels = new byte[size * size * 3];
        Array.Fill(pixels, (byte)255);
        float radius = size / 2f;
        for (int y = 0; y < size; y++)
            for (int x = 0; x < size; x++)
            {
                (float dy, float dx) = (y + 0.5f - radius, x + 0.5f - radius);
                if (dy * dy + dx * dx <= radius * radius)
                    Paint(pixels.AsSpan(3 * (y * size + x), 3), dy, dx, radius);
            }
        return new RgbImage(size, size, pixels);
    }

    private static void Paint(Span<byte> pixel, float dy, float dx, float full)
    {
        float length = MathF.Sqrt(dy * dy + dx * dx);
        float saturation = full > 0 && float.IsFinite(length) ? Math.Min(length / full, 1) : 0;
        // Hue in sixths of the circle: red points right, then clockwise on the screen.
        float hue = saturation > 0 ? (MathF.Atan2(dy, dx) / MathF.Tau + 1) % 1 * 6 : 0;
        for (int channel = 0; channel < 3; channel++)
        {
            float k = (5 - 2 * channel + hue) % 6;
            pixel[channel] = Blend.ToByte(255 * (1 - saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1)));
        }
    }
}
