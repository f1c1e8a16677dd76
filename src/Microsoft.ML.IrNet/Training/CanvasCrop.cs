using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Training;

/// <summary>A crop of a perhaps mirrored image, placed on a canvas: what a training sample is cut with.</summary>
internal readonly record struct CanvasCrop(int CanvasHeight, int CanvasWidth, AxisCrop Rows, AxisCrop Columns, bool Flip)
{
    /// <summary>Draws the mirroring, then the rows, then the columns.</summary>
    public static CanvasCrop RandomSquare(int height, int width, int canvas, RandomStream random)
    {
        bool flip = random.NextFlip();
        AxisCrop rows = AxisCrop.Random(height, canvas, random);
        return new CanvasCrop(canvas, canvas, rows, AxisCrop.Random(width, canvas, random), flip);
    }

    /// <summary>The top left corner of the image as it is.</summary>
    public static CanvasCrop TopLeft(int height, int width, int canvasHeight, int canvasWidth) =>
        new(canvasHeight, canvasWidth, AxisCrop.TopLeft(height, canvasHeight), AxisCrop.TopLeft(width, canvasWidth), false);

    /// <summary>Normalised pixels [3, canvas height, canvas width]; what the image does not cover is 0, the mean colour.</summary>
    public float[] Apply(RgbImage image)
    {
        byte[] pixels = new byte[Rows.Length * Columns.Length * 3];
        for (int y = 0; y < Rows.Length; y++)
            for (int x = 0; x < Columns.Length; x++)
            {
                int source = ((Rows.Source + y) * image.Width + SourceColumn(x, image.Width)) * 3;
                image.Pixels.AsSpan(source, 3).CopyTo(pixels.AsSpan((y * Columns.Length + x) * 3));
            }
        float[] normalised = new float[pixels.Length];
        ImageNetNormalisation.ToChannelsFirst(new RgbImage(Rows.Length, Columns.Length, pixels), normalised);

        float[] canvas = new float[3 * CanvasHeight * CanvasWidth];
        for (int channel = 0; channel < 3; channel++)
            for (int y = 0; y < Rows.Length; y++)
                normalised.AsSpan((channel * Rows.Length + y) * Columns.Length, Columns.Length)
                    .CopyTo(canvas.AsSpan((channel * CanvasHeight + Rows.Destination + y) * CanvasWidth + Columns.Destination));
        return canvas;
    }

    /// <summary>Labels of the canvas; what the map does not cover is void.</summary>
    public byte[] Apply(LabelMap map)
    {
        byte[] labels = new byte[CanvasHeight * CanvasWidth];
        Array.Fill(labels, LabelMap.Void);
        for (int y = 0; y < Rows.Length; y++)
            for (int x = 0; x < Columns.Length; x++)
                labels[(Rows.Destination + y) * CanvasWidth + Columns.Destination + x] =
                    map.Labels[(Rows.Source + y) * map.Width + SourceColumn(x, map.Width)];
        return labels;
    }

    /// <summary>
    /// Labels of the canvas at a quarter of its size, as Pillow's nearest neighbour reduces them: pixel (4i + 2, 4j + 2) stands for cell (i, j).
    /// What the map does not cover is void.
    /// </summary>
    public byte[] ApplyReduced(LabelMap map)
    {
        (int rows, int columns) = (CanvasHeight / 4, CanvasWidth / 4);
        byte[] reduced = new byte[rows * columns];
        Array.Fill(reduced, LabelMap.Void);
        for (int i = 0; i < rows; i++)
        {
            int y = 4 * i + 2 - Rows.Destination;
            if (y < 0 || y >= Rows.Length)
                continue;
            for (int j = 0; j < columns; j++)
            {
                int x = 4 * j + 2 - Columns.Destination;
                if (x >= 0 && x < Columns.Length)
                    reduced[i * columns + j] = map.Labels[(Rows.Source + y) * map.Width + SourceColumn(x, map.Width)];
            }
        }
        return reduced;
    }

    private int SourceColumn(int x, int width) => Flip ? width - 1 - (Columns.Source + x) : Columns.Source + x;
}
