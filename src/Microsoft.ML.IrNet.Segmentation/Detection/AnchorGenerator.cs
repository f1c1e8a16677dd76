using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>The reference boxes of the region proposal network (Faster R-CNN, section 3.1.1): for each cell of a map one box of each ratio, of the level's size.</summary>
internal sealed class AnchorGenerator
{
    private readonly BoundingBox[][] _cells;

    /// <param name="sizes">The root of the anchors' area in pixels, one for each level, finest first.</param>
    /// <param name="ratios">Height / width of each anchor of a cell.</param>
    public AnchorGenerator(IReadOnlyList<int> sizes, IReadOnlyList<float> ratios)
    {
        PerCell = ratios.Count;
        _cells = [.. sizes.Select(size => ratios.Select(ratio => Cell(size, ratio)).ToArray())];
    }

    /// <summary>Those of Mask R-CNN with a feature pyramid: 32 to 512 pixels, ratios 1/2, 1, 2.</summary>
    public static AnchorGenerator Standard { get; } = new([32, 64, 128, 256, 512], [0.5f, 1, 2]);

    /// <summary>Anchors of a cell.</summary>
    public int PerCell { get; }

    /// <summary>The anchors of one level in the order row, column, ratio.</summary>
    /// <param name="level">The level, finest first.</param>
    /// <param name="rows">Rows of its map.</param>
    /// <param name="columns">Columns of its map.</param>
    /// <param name="paddedHeight">Rows of the batch that the map was made of.</param>
    /// <param name="paddedWidth">Columns of the batch.</param>
    public BoundingBox[] Level(int level, int rows, int columns, int paddedHeight, int paddedWidth)
    {
        var anchors = new BoundingBox[rows * columns * PerCell];
        Fill(level, rows, columns, paddedHeight, paddedWidth, anchors);
        return anchors;
    }

    /// <summary>The anchors of all levels one after the other.</summary>
    /// <param name="maps">The size of each level's map, finest first.</param>
    /// <param name="paddedHeight">Rows of the batch that the maps were made of.</param>
    /// <param name="paddedWidth">Columns of the batch.</param>
    /// <exception cref="ArgumentException">There are not as many maps as sizes.</exception>
    public BoundingBox[] All(IReadOnlyList<(int Rows, int Columns)> maps, int paddedHeight, int paddedWidth)
    {
        if (maps.Count != _cells.Length)
            throw new ArgumentException($"{maps.Count} maps were given for anchors of {_cells.Length} levels.", nameof(maps));
        var anchors = new BoundingBox[maps.Sum(map => map.Rows * map.Columns * PerCell)];
        int start = 0;
        for (int level = 0; level < maps.Count; level++)
        {
            (int rows, int columns) = maps[level];
            int count = rows * columns * PerCell;
            Fill(level, rows, columns, paddedHeight, paddedWidth, anchors.AsSpan(start, count));
            start += count;
        }
        return anchors;
    }

    private void Fill(int level, int rows, int columns, int paddedHeight, int paddedWidth, Span<BoundingBox> anchors)
    {
        // As published: whole numbers, so that the stride of the coarsest level is not always 64, and no half stride.
        (int vertical, int horizontal) = (paddedHeight / rows, paddedWidth / columns);
        int i = 0;
        for (int row = 0; row < rows; row++)
            for (int column = 0; column < columns; column++)
            {
                (float x, float y) = (column * horizontal, row * vertical);
                foreach (BoundingBox cell in _cells[level])
                    anchors[i++] = new BoundingBox(x + cell.X0, y + cell.Y0, x + cell.X1, y + cell.Y1);
            }
    }

    /// <summary>An anchor around the origin, its edges rounded to whole pixels, halves to even.</summary>
    private static BoundingBox Cell(float size, float ratio)
    {
        float root = MathF.Sqrt(ratio);
        (float x, float y) = (MathF.Round(1 / root * size / 2), MathF.Round(root * size / 2));
        return new BoundingBox(-x, -y, x, y);
    }
}
