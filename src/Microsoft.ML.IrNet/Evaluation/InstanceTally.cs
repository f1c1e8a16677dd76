namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What one photograph adds to an <see cref="InstanceEvaluator"/>.</summary>
/// <param name="Positives">The classes of the drawn instances that count, each as often as it occurs.</param>
/// <param name="Found">The predictions, class by class, each class's surest first.</param>
internal sealed record InstanceTally(int[] Positives, InstanceTally.Prediction[] Found)
{
    /// <summary>A prediction.</summary>
    /// <param name="Class">Its class.</param>
    /// <param name="Score">How sure it is.</param>
    /// <param name="Hits">Bit t: whether it is right at IoU threshold t.</param>
    internal readonly record struct Prediction(int Class, float Score, uint Hits);
}
