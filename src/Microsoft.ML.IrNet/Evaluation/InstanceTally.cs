namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What one photograph adds to an <see cref="InstanceEvaluator"/>.</summary>
/// <param name="Positives">The classes of the drawn instances that count, each as often as it occurs.</param>
/// <param name="Found">The predictions, class by class, each class's surest first.</param>
internal sealed record InstanceTally(int[] Positives, InstanceTally.Prediction[] Found)
{
    /// <summary>Whether a tally that was kept on disk is one, of so many classes.</summary>
    public bool IsWhole(int classes) => Positives is not null && Found is not null
        && Array.TrueForAll(Positives, positive => positive >= 0 && positive < classes)
        && Array.TrueForAll(Found, found => found.Class >= 0 && found.Class < classes && !float.IsNaN(found.Score));

    /// <summary>A prediction.</summary>
    /// <param name="Class">Its class.</param>
    /// <param name="Score">How sure it is.</param>
    /// <param name="Hits">Bit t: whether it is right at IoU threshold t.</param>
    internal readonly record struct Prediction(int Class, float Score, uint Hits);
}
