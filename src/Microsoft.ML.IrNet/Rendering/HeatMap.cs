using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Pictures of maps with values 0..1.</summary>
public static class HeatMap
{
    // Dark blue, blue, cyan, yellow, red, dark red at equal steps: the map known as "jet".
    private static readonly byte[] Stops = [0, 0, 143, 0, 64, 255, 32, 255, 223, 255, 223, 0, 255, 32, 0, 128, 0, 0];

    /// <summary>Class activation maps over a photograph: the strongest class at each pixel, from blue (0) over yellow to red (1).</summary>
    /// <param name="photograph">The photograph.</param>
    /// <param name="maps">[count, rows, columns], each 0..1, as <c>NetworkMaps.Cam</c> has them; may hold no map.</param>
    /// <param name="rows">Rows of a map, ceil(height / stride).</param>
    /// <param name="columns">Columns of a map.</param>
    /// <param name="opacity">How much of the heat map covers the photograph, 0..1.</param>
    /// <exception cref="ArgumentException">The values do not make whole maps.</exception>
    public static RgbImage Overlay(RgbImage photograph, ReadOnlySpan<float> maps, int rows, int columns, float opacity = 0.5f)
    {
        ArgumentNullException.ThrowIfNull(photograph);
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        int size = checked(rows * columns);
        if (size < 1 || maps.Length % size != 0)
            throw new ArgumentException($"{maps.Length} values do not make maps of {rows} x {columns}.", nameof(maps));
        var strongest = new float[size];
        for (int i = 0; i < maps.Length; i++)
            strongest[i % size] = Math.Max(strongest[i % size], maps[i]);
        float[] heat = MapStretch.ToPhotograph(strongest, rows, columns, photograph.Height, photograph.Width);
        var pixels = new byte[photograph.Pixels.Length];
        for (int p = 0; p < heat.Length; p++)
            for (int channel = 0; channel < 3; channel++)
                pixels[3 * p + channel] = Blend.Mix(photograph.Pixels[3 * p + channel], Heat(heat[p], channel), opacity);
        return new RgbImage(photograph.Height, photograph.Width, pixels);
    }

    /// <summary>A map in grey: 0 is black, 1 is white. The class boundary map is shown so.</summary>
    /// <param name="map">[rows, columns], 0..1.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="columns">Columns of the map.</param>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    public static RgbImage Grey(ReadOnlySpan<float> map, int rows, int columns, int height, int width)
    {
        float[] values = MapStretch.ToPhotograph(map, rows, columns, height, width);
        var pixels = new byte[values.Length * 3];
        for (int p = 0; p < values.Length; p++)
            pixels.AsSpan(3 * p, 3).Fill(Blend.ToByte(255 * values[p]));
        return new RgbImage(height, width, pixels);
    }

    private static byte Heat(float value, int channel)
    {
        float place = (float.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1)) * 5;
        int stop = Math.Min((int)place, 4);
        return Blend.Mix(Stops[3 * stop + channel], Stops[3 * stop + 3 + channel], place - stop);
    }
}
