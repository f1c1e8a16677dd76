using Microsoft.ML.IrNet.Notebooks;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>What the networks give for one photograph, on a grid of one cell for every 4 x 4 pixels.</summary>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed class NetworkMaps
{
    private const int PixelsPerCell = 4;

    /// <summary>Wraps the maps without copying them.</summary>
    /// <param name="height">The photograph's rows.</param>
    /// <param name="width">The photograph's columns.</param>
    /// <param name="rows">The grid's rows: height / 4, rounded up.</param>
    /// <param name="columns">The grid's columns: width / 4, rounded up.</param>
    /// <param name="tags">0-based class indices of what is in the photograph; may be empty.</param>
    /// <param name="cam">Class activation maps, [tags, rows, columns], at least 0.</param>
    /// <param name="boundary">Class boundary map, [rows, columns], 0 to 1.</param>
    /// <param name="displacement">Displacement field, [2, rows, columns]: cells down and cells right to the instance's centroid.</param>
    /// <exception cref="ArgumentException">A map has another size, or values that are NaN or out of range.</exception>
    public NetworkMaps(int height, int width, int rows, int columns, int[] tags, float[] cam, float[] boundary, float[] displacement)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(cam);
        ArgumentNullException.ThrowIfNull(boundary);
        ArgumentNullException.ThrowIfNull(displacement);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows, (height - 1) / PixelsPerCell + 1);
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns, (width - 1) / PixelsPerCell + 1);
        TagRange.Require(tags, nameof(tags));
        long cells = (long)rows * columns;
        ValueRange.RequireLength(cam.Length, tags.Length * cells, nameof(cam), "tags x rows x columns");
        ValueRange.RequireLength(boundary.Length, cells, nameof(boundary), "rows x columns");
        ValueRange.RequireLength(displacement.Length, 2 * cells, nameof(displacement), "2 x rows x columns");
        ValueRange.Require(cam, 0, float.MaxValue, nameof(cam));
        ValueRange.Require(boundary, 0, 1, nameof(boundary));
        ValueRange.Require(displacement, float.MinValue, float.MaxValue, nameof(displacement));
        (Height, Width, Rows, Columns) = (height, width, rows, columns);
        (Tags, Cam, Boundary, Displacement) = (tags, cam, boundary, displacement);
    }

    /// <summary>The photograph's rows.</summary>
    public int Height { get; }

    /// <summary>The photograph's columns.</summary>
    public int Width { get; }

    /// <summary>The grid's rows.</summary>
    public int Rows { get; }

    /// <summary>The grid's columns.</summary>
    public int Columns { get; }

    /// <summary>0-based class indices, one for each map of <see cref="Cam"/>.</summary>
    public int[] Tags { get; }

    /// <summary>[tags, rows, columns].</summary>
    public float[] Cam { get; }

    /// <summary>[rows, columns], 0 to 1.</summary>
    public float[] Boundary { get; }

    /// <summary>[2, rows, columns]: down, right, in cells.</summary>
    public float[] Displacement { get; }

    internal int Cells => Rows * Columns;

    /// <summary>The axes that stretch the grid over the photograph; what hangs over on the right and below is cut off.</summary>
    internal (BilinearAxis Vertical, BilinearAxis Horizontal) PixelAxes() =>
        (new BilinearAxis(Rows, Rows * PixelsPerCell, Height), new BilinearAxis(Columns, Columns * PixelsPerCell, Width));
}
