using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>
/// What the networks gave for a photograph in one small picture, three maps below each other: class activation maps as heat (blue 0, red 1), class boundary map in grey, displacement field in
/// the colours of <see cref="ColourWheel"/>.
/// </summary>
public static class MapStrip
{
    private const int LongestSide = 128;

    /// <summary>Draws the maps.</summary>
    /// <param name="maps">The maps; large ones are shrunk to 128 cells on their longer side.</param>
    /// <returns>A picture of three times as many rows as one map has.</returns>
    public static RgbImage Draw(NetworkMaps maps)
    {
        ArgumentNullException.ThrowIfNull(maps);
        (int rows, int columns) = (maps.Rows, maps.Columns);
        double scale = Math.Min(1, (double)LongestSide / Math.Max(rows, columns));
        (int height, int width) = (PillowResampler.ScaledSize(rows, scale), PillowResampler.ScaledSize(columns, scale));
        var black = new RgbImage(rows, columns, new byte[rows * columns * 3]);
        RgbImage[] pictures =
        [
            HeatMap.Overlay(black, maps.Cam, rows, columns, opacity: 1),
            HeatMap.Grey(maps.Boundary, rows, columns, rows, columns),
            ColourWheel.Draw(maps.Displacement, rows, columns, rows, columns),
        ];
        return new RgbImage(3 * height, width, [.. pictures.SelectMany(picture => PillowResampler.Bicubic(picture, height, width).Pixels)]);
    }
}
