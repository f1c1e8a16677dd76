using System.Numerics;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Assigns to each candidate (anchor or proposal) the object it overlaps most, or none.</summary>
/// <param name="high">From this IoU on a candidate is of its object.</param>
/// <param name="low">Below this IoU it is background.</param>
/// <param name="keepLowQuality">
/// Whether the candidates that overlap an object most, however little, are matched too: each to the object it overlaps most itself, which need not be that one (as published).
/// </param>
internal sealed class Matcher(float high, float low, bool keepLowQuality)
{
    /// <summary>The candidate is background.</summary>
    public const int Background = -1;

    /// <summary>The candidate is neither of an object nor background.</summary>
    public const int Between = -2;

    /// <summary>Computes one object's overlaps with all candidates; there may be more room than candidates.</summary>
    internal delegate void OverlapRow(int truth, Span<float> overlaps);

    /// <summary>Matches boxes.</summary>
    /// <param name="truth">The objects; none make all background.</param>
    /// <param name="candidates">The candidates.</param>
    /// <returns>For each candidate the index of its object, <see cref="Background"/> or <see cref="Between"/>; of equal overlaps the first object counts.</returns>
    public int[] Match(ReadOnlySpan<BoundingBox> truth, ReadOnlySpan<BoundingBox> candidates)
    {
        var columns = new BoxColumns(candidates);
        BoundingBox[] objects = truth.ToArray();
        return Match(objects.Length, candidates.Length, (index, overlaps) =>
        {
            var lanes = new BoxLanes(objects[index]);
            for (int column = 0; column < columns.Length; column += Vector<float>.Count)
                columns.Overlaps(lanes, column).CopyTo(overlaps[column..]);
        });
    }

    /// <summary>Matches by overlaps that are computed object by object.</summary>
    internal int[] Match(int truths, int candidates, OverlapRow overlapsOf)
    {
        int room = BoxColumns.Padded(candidates);
        var (overlaps, best, most) = (new float[room], new float[room], new float[truths]);
        var matches = new int[room];
        Array.Fill(best, -1);
        for (int truth = 0; truth < truths; truth++)
        {
            overlapsOf(truth, overlaps);
            most[truth] = TakeLarger(overlaps, best, matches, truth, candidates);
        }
        bool[]? restored = keepLowQuality ? Nearest(most, candidates, overlaps, overlapsOf) : null;
        for (int i = 0; i < candidates; i++)
            if (restored?[i] != true && !(best[i] >= high))
                matches[i] = best[i] >= low ? Between : Background;
        return matches[..candidates];
    }

    /// <summary>Notes for which candidates an object is the best so far; returns its largest overlap.</summary>
    private static float TakeLarger(float[] overlaps, float[] best, int[] matches, int truth, int candidates)
    {
        // What fills up the last vector overlaps nothing.
        overlaps.AsSpan(candidates).Clear();
        var (index, most) = (new Vector<int>(truth), new Vector<float>(0));
        for (int i = 0; i < overlaps.Length; i += Vector<float>.Count)
        {
            var (overlap, former) = (new Vector<float>(overlaps, i), new Vector<float>(best, i));
            Vector<int> larger = Vector.GreaterThan(overlap, former);
            Vector.ConditionalSelect(larger, overlap, former).CopyTo(best, i);
            Vector.ConditionalSelect(larger, index, new Vector<int>(matches, i)).CopyTo(matches, i);
            most = Vector.ConditionalSelect(Vector.GreaterThan(overlap, most), overlap, most);
        }
        float largest = 0;
        for (int lane = 0; lane < Vector<float>.Count; lane++)
            largest = MathF.Max(largest, most[lane]);
        return largest;
    }

    /// <summary>Which candidates reach the largest overlap of some object; computing the overlaps again costs less than keeping them all.</summary>
    private static bool[] Nearest(float[] most, int candidates, float[] overlaps, OverlapRow overlapsOf)
    {
        var nearest = new bool[candidates];
        for (int truth = 0; truth < most.Length; truth++)
        {
            overlapsOf(truth, overlaps);
            ReadOnlySpan<float> rest = overlaps.AsSpan(0, candidates);
            for (int next; (next = rest.IndexOf(most[truth])) >= 0; rest = rest[(next + 1)..])
                nearest[candidates - rest.Length + next] = true;
        }
        return nearest;
    }
}
