namespace Microsoft.ML.IrNet.Imaging;

/// <summary>PNG's row filters for pixels of at most one byte (PNG specification, section 9).</summary>
internal static class PngFilter
{
    /// <summary>Restores a row.</summary>
    /// <param name="filter">0..4.</param>
    /// <param name="filtered">The stored row.</param>
    /// <param name="above">The restored row above it; zeros above the first.</param>
    /// <param name="row">The restored row.</param>
    public static void Undo(int filter, ReadOnlySpan<byte> filtered, ReadOnlySpan<byte> above, Span<byte> row)
    {
        int left = 0;
        int aboveLeft = 0;
        for (int x = 0; x < row.Length; x++)
        {
            int prediction = filter switch
            {
                1 => left,
                2 => above[x],
                3 => (left + above[x]) / 2,
                4 => Paeth(left, above[x], aboveLeft),
                _ => 0,
            };
            left = row[x] = (byte)(filtered[x] + prediction);
            aboveLeft = above[x];
        }
    }

    private static int Paeth(int left, int above, int aboveLeft)
    {
        int toLeft = Math.Abs(above - aboveLeft);
        int toAbove = Math.Abs(left - aboveLeft);
        int toAboveLeft = Math.Abs(left + above - 2 * aboveLeft);
        return toLeft <= toAbove && toLeft <= toAboveLeft ? left : toAbove <= toAboveLeft ? above : aboveLeft;
    }
}
