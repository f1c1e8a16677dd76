namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Splits rows over the processor's cores.</summary>
internal static class RowBands
{
    // Below this many elementary operations a band costs more to hand out than to compute.
    private const long OperationsPerBand = 100_000;

    /// <summary>Calls <paramref name="body"/> with consecutive ranges (first row, row after the last) that together cover all rows.</summary>
    /// <param name="rows">Rows in all.</param>
    /// <param name="operationsPerRow">About how many elementary operations a row takes.</param>
    /// <param name="body">Called from several threads; no two calls share a row.</param>
    public static void For(int rows, long operationsPerRow, Action<int, int> body)
    {
        // Two bands a core, so that one slow core does not hold up the other.
        long bands = Math.Min(Math.Min(rows, 2L * Environment.ProcessorCount), rows * operationsPerRow / OperationsPerBand);
        if (bands <= 1)
            body(0, rows);
        else
            Parallel.For(0, (int)bands, band => body((int)(rows * (long)band / bands), (int)(rows * (band + 1L) / bands)));
    }
}
