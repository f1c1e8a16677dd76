namespace Microsoft.ML.IrNet.Numerics;

/// <summary>Which two source cells each destination cell of one axis lies between, and how near the second: torch's align_corners=False.</summary>
internal sealed class BilinearAxis
{
    /// <param name="source">Cells of the source.</param>
    /// <param name="destination">Cells that the whole source is stretched to.</param>
    /// <param name="used">The first so many of them are wanted.</param>
    public BilinearAxis(int source, int destination, int used)
    {
        Lower = new int[used];
        Upper = new int[used];
        UpperShare = new float[used];
        float scale = (float)source / destination;
        for (int i = 0; i < used; i++)
        {
            float position = source == destination ? i : Math.Max(0, scale * (i + 0.5f) - 0.5f);
            Lower[i] = Math.Min((int)position, source - 1);
            Upper[i] = Math.Min(Lower[i] + 1, source - 1);
            UpperShare[i] = position - Lower[i];
        }
    }

    public int[] Lower { get; }

    public int[] Upper { get; }

    public float[] UpperShare { get; }

    public int Length => Lower.Length;
}
