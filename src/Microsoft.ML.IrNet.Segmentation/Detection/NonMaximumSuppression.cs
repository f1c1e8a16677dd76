using System.Numerics;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Greedy non-maximum suppression: a box stays unless a kept box of a higher score overlaps it by more than the threshold.</summary>
internal static class NonMaximumSuppression
{
    // torchvision: above, one run for each group costs less than one run over all of them moved apart.
    private const int MostShifted = 1000;

    /// <summary>Suppresses among all boxes.</summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="scores">One a box; among equal ones the first box counts as the higher.</param>
    /// <param name="threshold">The largest IoU that two kept boxes may have.</param>
    /// <returns>The kept boxes from the highest score down.</returns>
    public static int[] Keep(ReadOnlySpan<BoundingBox> boxes, ReadOnlySpan<float> scores, double threshold)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(scores.Length, boxes.Length);
        int[] order = ScoreOrder.Descending(scores);
        var columns = new BoxColumns(boxes, order);
        var limit = new Vector<float>(OverlapLimit.For(threshold));
        var suppressed = new int[columns.Length];
        var kept = new List<int>();
        for (int i = 0; i < order.Length; i++)
        {
            if (suppressed[i] != 0)
                continue;
            kept.Add(order[i]);
            var box = new BoxLanes(columns[i]);
            // What stands before the box is settled, so that whole vectors do.
            for (int column = i / Vector<float>.Count * Vector<float>.Count; column < suppressed.Length; column += Vector<float>.Count)
            {
                Vector<int> above = Vector.GreaterThan(columns.Overlaps(box, column), limit);
                (new Vector<int>(suppressed, column) | above).CopyTo(suppressed, column);
            }
        }
        return [.. kept];
    }

    /// <summary>
    /// Suppresses within each group (level or class) only. As published: up to 1,000 boxes by one run over boxes that are moved apart by group, which costs low bits
    /// of the coordinates and asks for boxes without negative ones; beyond by a run for each group.
    /// </summary>
    /// <param name="boxes">The boxes.</param>
    /// <param name="scores">One a box.</param>
    /// <param name="groups">One a box, at least 0.</param>
    /// <param name="threshold">The largest IoU that two kept boxes of a group may have.</param>
    /// <param name="keep">What a run is done by; <see cref="Keep"/> where null.</param>
    /// <returns>The kept boxes from the highest score down, whatever their group; equal scores in the order of the boxes.</returns>
    public static int[] KeepPerGroup(
        ReadOnlySpan<BoundingBox> boxes, ReadOnlySpan<float> scores, ReadOnlySpan<int> groups, double threshold, Suppression? keep = null)
    {
        keep ??= Keep;
        ArgumentOutOfRangeException.ThrowIfNotEqual(groups.Length, boxes.Length);
        if (boxes.Length <= MostShifted)
            return keep(Apart(boxes, groups), scores, threshold);
        int[] groupOf = groups.ToArray();
        var kept = new List<int>();
        foreach (IGrouping<int, int> group in Enumerable.Range(0, groupOf.Length).GroupBy(i => groupOf[i]))
        {
            int[] members = [.. group];
            kept.AddRange(keep(Pick(boxes, members), Pick(scores, members), threshold).Select(i => members[i]));
        }
        int[] ascending = [.. kept.Order()];
        return Array.ConvertAll(ScoreOrder.Descending(Pick(scores, ascending)), i => ascending[i]);
    }

    /// <summary>Every group moved by its number times more than the largest coordinate.</summary>
    private static BoundingBox[] Apart(ReadOnlySpan<BoundingBox> boxes, ReadOnlySpan<int> groups)
    {
        float largest = float.NegativeInfinity;
        foreach (BoundingBox box in boxes)
            largest = MathF.Max(largest, MathF.Max(MathF.Max(box.X0, box.Y0), MathF.Max(box.X1, box.Y1)));
        var apart = new BoundingBox[boxes.Length];
        for (int i = 0; i < apart.Length; i++)
        {
            float shift = groups[i] * (largest + 1);
            apart[i] = new BoundingBox(boxes[i].X0 + shift, boxes[i].Y0 + shift, boxes[i].X1 + shift, boxes[i].Y1 + shift);
        }
        return apart;
    }

    private static T[] Pick<T>(ReadOnlySpan<T> values, int[] indices)
    {
        var picked = new T[indices.Length];
        for (int i = 0; i < picked.Length; i++)
            picked[i] = values[indices[i]];
        return picked;
    }
}
