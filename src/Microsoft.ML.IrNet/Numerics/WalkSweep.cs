using System.Runtime.Intrinsics;

namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// Runs the steps of a walk a few at a time, so that rows of weights serve several steps while they are in the cache: a row of a step follows as soon as the
/// rows around it have made the step before. A core's band of rows loses a margin at each step, which is made up for when the bands beside it are there, too.
/// </summary>
internal static class WalkSweep
{
    private const int MostStepsAtOnce = 6;
    // A walk of fewer products is not worth a second core.
    private const long ProductsPerBand = 100_000;

    /// <summary>Makes all steps, in which Current and Previous change places from each to the next.</summary>
    public static void Run(WalkStencil stencil, WalkStep[] steps, int maps)
    {
        long products = (long)stencil.Rows * stencil.Columns * stencil.Offsets.Length * maps;
        int cores = (int)Math.Clamp(products / ProductsPerBand, 1, Environment.ProcessorCount);
        int atOnce = Math.Clamp(stencil.Rows / (2 * stencil.Padding * cores), 1, MostStepsAtOnce);
        int bands = Math.Clamp(stencil.Rows / (2 * stencil.Padding * atOnce), 1, cores == 1 ? 1 : 2 * cores);
        for (int first = 0; first < steps.Length; first += atOnce)
        {
            ArraySegment<WalkStep> some = new(steps, first, Math.Min(atOnce, steps.Length - first));
            Parallel.For(0, bands, band => RunBand(stencil, some, maps, band, bands));
            Parallel.For(1, bands, band => RunMargin(stencil, some, maps, FirstRow(stencil, band, bands)));
        }
    }

    private static int FirstRow(WalkStencil stencil, int band, int bands) => (int)((long)stencil.Rows * band / bands);

    private static void RunBand(WalkStencil stencil, ArraySegment<WalkStep> steps, int maps, int band, int bands)
    {
        int first = FirstRow(stencil, band, bands), end = FirstRow(stencil, band + 1, bands);
        for (int front = first; front < end + stencil.Padding * (steps.Count - 1); front++)
            for (int k = 0; k < steps.Count; k++)
            {
                int margin = stencil.Padding * k;
                int y = front - margin;
                if (y >= (band == 0 ? 0 : first + margin) && y < (band == bands - 1 ? end : end - margin))
                    RunRow(stencil, steps[k], y, maps);
            }
    }

    /// <summary>The rows on both sides of where two bands meet.</summary>
    private static void RunMargin(WalkStencil stencil, ArraySegment<WalkStep> steps, int maps, int meeting)
    {
        for (int k = 1; k < steps.Count; k++)
            for (int y = meeting - stencil.Padding * k; y < meeting + stencil.Padding * k; y++)
                RunRow(stencil, steps[k], y, maps);
    }

    internal static void RunRow(WalkStencil stencil, in WalkStep step, int y, int maps)
    {
        if (Vector512.IsHardwareAccelerated)
            WalkRow<Lanes512, Vector512<float>>.Run(stencil, step, y, maps);
        else
            WalkRow<Lanes256, Vector256<float>>.Run(stencil, step, y, maps);
    }
}
