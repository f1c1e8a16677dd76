using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>Photographs and maps that resemble real ones: discs of one texture before another.</summary>
internal static class Inputs
{
    public const int Height = 375, Width = 500, Stride = 4;

    private static readonly (double Y, double X, double Radius)[] Discs = [(0.4, 0.3, 0.2), (0.6, 0.5, 0.18), (0.5, 0.8, 0.15)];

    public static RgbImage Photograph(int height = Height, int width = Width)
    {
        var noise = new Random(1);
        byte[] pixels = new byte[3 * height * width];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
                for (int channel = 0; channel < 3; channel++)
                    pixels[3 * (y * width + x) + channel] = (byte)(60 + 50 * channel * x / width + 60 * Disc(y, x, height, width).Number + noise.Next(40));
        return new RgbImage(height, width, pixels);
    }

    /// <summary>One map a disc, 1 at its centre, [3, rows, columns].</summary>
    public static float[] Cams(int rows, int columns)
    {
        float[] maps = new float[Discs.Length * rows * columns];
        for (int i = 0; i < maps.Length; i++)
        {
            (int disc, int cell) = Math.DivRem(i, rows * columns);
            (double y, double x, double radius) = Discs[disc];
            double distance = Distance(cell / columns, cell % columns, rows, columns, y, x) / radius;
            maps[i] = (float)Math.Max(0, 1 - distance * distance);
        }
        return maps;
    }

    /// <summary>Near 1 on the discs' edges, small noise elsewhere, [rows, columns].</summary>
    public static float[] Boundary(int rows, int columns)
    {
        var noise = new Random(2);
        return [.. Enumerable.Range(0, rows * columns).Select(cell =>
            Disc(cell / columns, cell % columns, rows, columns).ToEdge < 1.5 / rows ? 0.95f : 0.2f * noise.NextSingle())];
    }

    /// <summary>Every cell of a disc points to its centre, [2, rows, columns] in cells; one in ten errs by up to three.</summary>
    public static float[] Displacement(int rows, int columns)
    {
        var noise = new Random(3);
        float[] field = new float[2 * rows * columns];
        for (int cell = 0; cell < rows * columns; cell++)
        {
            (int y, int x) = (cell / columns, cell % columns);
            int number = Disc(y, x, rows, columns).Number;
            (double centreY, double centreX) = number == 0 ? (y, x) : (Discs[number - 1].Y * rows, Discs[number - 1].X * columns);
            double error = noise.Next(10) == 0 ? noise.NextDouble() * 6 - 3 : 0;
            (field[cell], field[rows * columns + cell]) = ((float)(centreY - y + error), (float)(centreX - x - error));
        }
        return field;
    }

    public static NetworkMaps Maps(int height = Height, int width = Width)
    {
        (int rows, int columns) = ((height + Stride - 1) / Stride, (width + Stride - 1) / Stride);
        return new NetworkMaps(height, width, rows, columns, [0, 7, 14], Cams(rows, columns), Boundary(rows, columns), Displacement(rows, columns));
    }

    /// <summary>Interpixel labels: each disc a class, its rim not known, the rest background.</summary>
    public static LabelMap Labels(int height = Height, int width = Width) => new(height, width, [.. Enumerable.Range(0, height * width).Select(pixel =>
    {
        (int number, double toEdge) = Disc(pixel / width, pixel % width, height, width);
        return toEdge < 0.05 ? LabelMap.Void : (byte)number;
    })]);

    private static (int Number, double ToEdge) Disc(int y, int x, int rows, int columns)
    {
        (int number, double toEdge) = (0, double.MaxValue);
        for (int i = 0; i < Discs.Length; i++)
        {
            double distance = Distance(y, x, rows, columns, Discs[i].Y, Discs[i].X);
            if (distance < Discs[i].Radius)
                number = i + 1;
            toEdge = Math.Min(toEdge, Math.Abs(distance - Discs[i].Radius));
        }
        return (number, toEdge);
    }

    private static double Distance(int y, int x, int rows, int columns, double centreY, double centreX) =>
        double.Hypot((double)y / rows - centreY, ((double)x / columns - centreX) * columns / rows);
}
