using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Seeds;

/// <summary>Brings the maps of any model to the form of <see cref="ClassActivation"/>: at the photograph's size and at that of the map grid, no value below 0, each map's maximum about 1.</summary>
internal static class SeedMaps
{
    private const int Stride = 4;
    private const float Least = 1e-5f;

    /// <summary>Converts the maps of a photograph.</summary>
    /// <param name="seeds">Maps of its tags, or of all classes.</param>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <param name="tags">Its tags, ascending.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="subject">What errors call the maps.</param>
    /// <exception cref="DataSetException">They have another shape, or hold what is no number.</exception>
    public static ClassActivation Of(NpyArray seeds, int height, int width, IReadOnlyList<int> tags, int classes, string subject)
    {
        if (seeds.Shape is not [var count, var h, var w] || (count != tags.Count && count != classes) || h < 1 || w < 1)
            throw new DataSetException(subject, $"has the shape [{string.Join(", ", seeds.Shape)}]; expected [{tags.Count} (its tags) or {classes} (the classes), rows, columns].");
        if (Array.Exists(seeds.Values, value => !float.IsFinite(value)))
            throw new DataSetException(subject, "holds NaN or infinity; expected activations, which are finite numbers.");
        (int rows, int columns) = ((height + Stride - 1) / Stride, (width + Stride - 1) / Stride);
        var cam = new float[tags.Count * rows * columns];
        var full = new float[tags.Count * height * width];
        for (int n = 0; n < tags.Count; n++)
        {
            float[] map = Array.ConvertAll(seeds.Values.AsSpan((count == tags.Count ? n : tags[n]) * h * w, h * w).ToArray(), value => Math.Max(0, value));
            Fit(map, h, w, full.AsSpan(n * height * width, height * width), height, width);
            Fit(map, h, w, cam.AsSpan(n * rows * columns, rows * columns), rows, columns);
        }
        return new ClassActivation(height, width, rows, columns, [.. tags], cam, full, []);
    }

    private static void Fit(float[] map, int h, int w, Span<float> fitted, int rows, int columns)
    {
        Bilinear.Resize(map, h, w, fitted, rows, columns);
        float largest = 0;
        foreach (float value in fitted)
            largest = Math.Max(largest, value);
        foreach (ref float value in fitted)
            value /= largest + Least;
    }
}
