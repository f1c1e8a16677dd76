using System.Numerics;
using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// The pairs of one image along some directions. A source cell and its destination are compared by their labels; the largest boundary
/// probability on the path between them decides their affinity, and the first path point that has it gets the gradient.
/// </summary>
internal sealed class PairSlice(PairMaps maps, PairDirection[] directions)
{
    private readonly int _rows = maps.Rows - maps.Margin;
    private readonly int _columns = maps.Columns - 2 * maps.Margin;

    public long BackgroundPairs { get; private set; }

    public long ForegroundPairs { get; private set; }

    public long NegativePairs { get; private set; }

    public double BackgroundAffinity { get; private set; }

    public double ForegroundAffinity { get; private set; }

    public double NegativeAffinity { get; private set; }

    public double DisplacementBackground { get; private set; }

    public double DisplacementForeground { get; private set; }

    /// <summary>d total / d boundary probability.</summary>
    public double[] MaximumGradient { get; } = new double[maps.Rows * maps.Columns];

    /// <summary>d total / d displacement's dy.</summary>
    public double[] YGradient { get; } = new double[maps.Rows * maps.Columns];

    /// <summary>d total / d displacement's dx.</summary>
    public double[] XGradient { get; } = new double[maps.Rows * maps.Columns];

    /// <summary>Counts the pairs of each kind; needed before <see cref="Evaluate"/>'s weights are known.</summary>
    public void Count()
    {
        (long background, long foreground, long negative) = (0, 0, 0);
        foreach (PairDirection direction in directions)
            for (int y = 0; y < _rows; y++)
            {
                if (!HasPairs(direction, y))
                    continue;
                ReadOnlySpan<byte> from = maps.Labels.AsSpan(y * maps.Columns + maps.Margin, _columns);
                ReadOnlySpan<byte> to = maps.Labels.AsSpan(y * maps.Columns + maps.Margin + direction.Offsets[0], _columns);
                for (int x = 0; x < from.Length; x++)
                {
                    if (from[x] == LabelMap.Void || to[x] == LabelMap.Void)
                        continue;
                    if (from[x] != to[x])
                        negative++;
                    else if (from[x] == 0)
                        background++;
                    else
                        foreground++;
                }
            }
        (BackgroundPairs, ForegroundPairs, NegativePairs) = (background, foreground, negative);
    }

    /// <summary>Sums the losses (unweighted) and the gradients (weighted as in the total).</summary>
    public void Evaluate(PairWeights weights)
    {
        int padded = (_columns + Vector<float>.Count - 1) / Vector<float>.Count * Vector<float>.Count;
        float[] maximum = new float[padded];
        int[] first = new int[padded];
        foreach (PairDirection direction in directions)
            for (int y = 0; y < _rows; y++)
            {
                if (!HasPairs(direction, y))
                    continue;
                int source = y * maps.Columns + maps.Margin;
                PathMaxima(direction.Offsets, source, maximum, first);
                AddPairs(direction, source, maximum, first, weights);
            }
    }

    private bool HasPairs(PairDirection direction, int y) => maps.Labelled[y] && maps.Labelled[y + direction.DeltaY];

    private void PathMaxima(int[] offsets, int source, float[] maximum, int[] first)
    {
        ref float boundary = ref MemoryMarshal.GetArrayDataReference(maps.Boundary);
        for (int x = 0; x < maximum.Length; x += Vector<float>.Count)
        {
            Vector<float> best = Vector.LoadUnsafe(ref boundary, (nuint)(source + x + offsets[0]));
            Vector<int> at = Vector<int>.Zero;
            for (int point = 1; point < offsets.Length; point++)
            {
                Vector<float> candidate = Vector.LoadUnsafe(ref boundary, (nuint)(source + x + offsets[point]));
                Vector<int> larger = Vector.GreaterThan(candidate, best);
                best = Vector.ConditionalSelect(larger, candidate, best);
                at = Vector.ConditionalSelect(larger, new Vector<int>(point), at);
            }
            best.CopyTo(maximum, x);
            at.CopyTo(first, x);
        }
    }

    private void AddPairs(PairDirection direction, int source, float[] maximum, int[] first, PairWeights weights)
    {
        ReadOnlySpan<byte> labels = maps.Labels;
        ReadOnlySpan<float> dy = maps.DisplacementY;
        ReadOnlySpan<float> dx = maps.DisplacementX;
        (double background, double foreground, double negative, double displacedBackground, double displacedForeground) = (0, 0, 0, 0, 0);
        for (int x = 0; x < _columns; x++)
        {
            int from = source + x;
            int to = from + direction.Offsets[0];
            if (labels[from] == LabelMap.Void || labels[to] == LabelMap.Void)
                continue;
            float affinity = 1 - maximum[x];
            int strongest = from + direction.Offsets[first[x]];
            if (labels[from] != labels[to])
            {
                float unlike = 1.00001f - affinity;
                negative -= MathF.Log(unlike);
                MaximumGradient[strongest] -= 0.5 * weights.Negative / unlike;
                continue;
            }
            float alike = affinity + 1e-5f;
            (float y, float z) = (dy[from] - dy[to], dx[from] - dx[to]);
            if (labels[from] == 0)
            {
                background -= MathF.Log(alike);
                MaximumGradient[strongest] += 0.25 * weights.Background / alike;
                displacedBackground += MathF.Abs(y) + MathF.Abs(z);
                Pull(from, to, y, z, 0.5 * weights.DisplacementBackground);
            }
            else
            {
                foreground -= MathF.Log(alike);
                MaximumGradient[strongest] += 0.25 * weights.Foreground / alike;
                (y, z) = (y - direction.DeltaY, z - direction.DeltaX);
                displacedForeground += MathF.Abs(y) + MathF.Abs(z);
                Pull(from, to, y, z, 0.5 * weights.DisplacementForeground);
            }
        }
        BackgroundAffinity += background;
        ForegroundAffinity += foreground;
        NegativeAffinity += negative;
        DisplacementBackground += displacedBackground;
        DisplacementForeground += displacedForeground;
    }

    private void Pull(int from, int to, float y, float x, double weight)
    {
        double byY = Sign(y) * weight;
        double byX = Sign(x) * weight;
        YGradient[from] += byY;
        YGradient[to] -= byY;
        XGradient[from] += byX;
        XGradient[to] -= byX;
    }

    // Not Math.Sign: it throws where there is no number.
    private static double Sign(float value) => value > 0 ? 1 : value < 0 ? -1 : 0;
}
