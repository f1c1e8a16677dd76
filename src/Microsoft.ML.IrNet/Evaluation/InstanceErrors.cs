using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>
/// What went wrong in one photograph, each drawn instance under the first kind that applies, in the order of <see cref="InstanceError"/>. The kinds are for looking at photographs; what
/// counts in AP is decided by <see cref="InstanceEvaluator"/>.
/// </summary>
/// <param name="Drawn">Of each drawn instance; crowds have none.</param>
/// <param name="Found">Of each found instance: <see cref="InstanceError.FalseAlarm"/> or none.</param>
public sealed record InstanceErrors(IReadOnlyList<InstanceError> Drawn, IReadOnlyList<InstanceError> Found)
{
    private const double RightIoU = 0.5, LeastIoU = 0.1, Mostly = 0.5;

    /// <summary>All kinds that occur in the photograph.</summary>
    public IReadOnlySet<InstanceError> Kinds => Drawn.Concat(Found).Where(error => error != InstanceError.None).ToHashSet();

    /// <summary>Compares the instances of a photograph.</summary>
    /// <param name="drawn">The ground truth.</param>
    /// <param name="found">The found instances, masks of the same size.</param>
    /// <param name="minimumScore">Found instances of this score or less are taken as not there.</param>
    /// <exception cref="ArgumentException">Masks differ in size.</exception>
    public static InstanceErrors Between(IReadOnlyList<InstanceLabel> drawn, IReadOnlyList<InstanceLabel> found, float minimumScore = 0)
    {
        ArgumentNullException.ThrowIfNull(drawn);
        ArgumentNullException.ThrowIfNull(found);
        Overlap[] overlaps =
        [
            .. from d in Enumerable.Range(0, drawn.Count)
               from f in Enumerable.Range(0, found.Count)
               where found[f].Score > minimumScore
               let common = RunLengthMask.IntersectionArea(drawn[d].Mask, found[f].Mask)
               where common > 0
               select new Overlap(d, f, drawn[d].ClassIndex == found[f].ClassIndex, common, drawn[d].Mask.Area, found[f].Mask.Area),
        ];
        HashSet<int> rightDrawn = [], rightFound = [];
        foreach (Overlap overlap in overlaps.Where(overlap => overlap.SameClass && overlap.IoU >= RightIoU && !drawn[overlap.Drawn].IsCrowd).OrderByDescending(overlap => overlap.IoU))
            if (!rightDrawn.Contains(overlap.Drawn) && rightFound.Add(overlap.Found))
                rightDrawn.Add(overlap.Drawn);
        return new InstanceErrors(
            [.. drawn.Select((instance, d) => instance.IsCrowd || rightDrawn.Contains(d) ? InstanceError.None : OfDrawn(d))],
            [.. found.Select((instance, f) => instance.Score > minimumScore && !rightFound.Contains(f) && IsFalseAlarm(f) ? InstanceError.FalseAlarm : InstanceError.None)]);

        InstanceError OfDrawn(int d)
        {
            Overlap[] own = [.. overlaps.Where(overlap => overlap.Drawn == d && overlap.SameClass)];
            Overlap[] pieces = [.. own.Where(overlap => overlap.ShareOfFound >= Mostly)];
            return own.Any(overlap => overlap.ShareOfDrawn >= Mostly && Covers(overlap.Found) > 1) ? InstanceError.Merged
                : pieces.Length > 1 && pieces.Sum(piece => piece.ShareOfDrawn) >= Mostly ? InstanceError.Split
                : overlaps.Any(overlap => overlap.Drawn == d && !overlap.SameClass && overlap.IoU >= RightIoU) ? InstanceError.WrongClass
                : own.Any(overlap => overlap.IoU >= LeastIoU) ? InstanceError.LooseMask
                : InstanceError.Missed;
        }

        int Covers(int f) => overlaps.Count(overlap => overlap.Found == f && overlap.SameClass && overlap.ShareOfDrawn >= Mostly && !drawn[overlap.Drawn].IsCrowd);

        bool IsFalseAlarm(int f)
        {
            Overlap[] own = [.. overlaps.Where(overlap => overlap.Found == f)];
            return !own.Any(overlap => overlap.SameClass && overlap.IoU >= LeastIoU) && own.Sum(overlap => overlap.ShareOfFound) < Mostly;
        }
    }

    private sealed record Overlap(int Drawn, int Found, bool SameClass, long Common, long DrawnArea, long FoundArea)
    {
        public double IoU => (double)Common / (DrawnArea + FoundArea - Common);

        public double ShareOfDrawn => (double)Common / DrawnArea;

        public double ShareOfFound => (double)Common / FoundArea;
    }
}
