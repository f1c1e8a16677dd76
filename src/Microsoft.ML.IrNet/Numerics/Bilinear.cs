namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Bilinear resizing without antialiasing, equal to torch's <c>interpolate</c> with align_corners=False and an explicit size.</summary>
public static class Bilinear
{
    /// <summary>Resizes one map.</summary>
    /// <param name="source">[h, w].</param>
    /// <param name="h">Rows of the source.</param>
    /// <param name="w">Columns of the source.</param>
    /// <param name="destination">Receives [newH, newW].</param>
    /// <param name="newH">Rows wanted.</param>
    /// <param name="newW">Columns wanted.</param>
    /// <exception cref="ArgumentException">A span is not of its map's size, or a size is below 1.</exception>
    public static void Resize(ReadOnlySpan<float> source, int h, int w, Span<float> destination, int newH, int newW)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(h, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(w, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newH, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(newW, 1);
        ValueRange.RequireLength(source.Length, (long)h * w, nameof(source), "h x w");
        ValueRange.RequireLength(destination.Length, (long)newH * newW, nameof(destination), "newH x newW");
        var rows = new BilinearAxis(h, newH, newH);
        var columns = new BilinearAxis(w, newW, newW);
        var blended = new float[w];
        for (int y = 0; y < newH; y++)
            ResizeRow(source, w, rows, columns, y, blended, destination.Slice(y * newW, newW));
    }

    /// <summary>Computes one row of a resized map.</summary>
    /// <param name="source">[rows, width].</param>
    /// <param name="width">Columns of the source.</param>
    /// <param name="rows">The vertical axis.</param>
    /// <param name="columns">The horizontal axis.</param>
    /// <param name="y">The row wanted.</param>
    /// <param name="blended">Room for one source row.</param>
    /// <param name="destination">Receives as many values as the horizontal axis has.</param>
    internal static void ResizeRow(
        ReadOnlySpan<float> source, int width, BilinearAxis rows, BilinearAxis columns, int y, Span<float> blended, Span<float> destination)
    {
        ReadOnlySpan<float> lower = source.Slice(rows.Lower[y] * width, width);
        ReadOnlySpan<float> upper = source.Slice(rows.Upper[y] * width, width);
        float share = rows.UpperShare[y];
        for (int x = 0; x < blended.Length; x++)
            blended[x] = lower[x] * (1 - share) + upper[x] * share;
        for (int x = 0; x < destination.Length; x++)
        {
            float upperShare = columns.UpperShare[x];
            destination[x] = blended[columns.Lower[x]] * (1 - upperShare) + blended[columns.Upper[x]] * upperShare;
        }
    }
}
