using Microsoft.ML.IrNet.Evaluation;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>What one photograph adds to a <see cref="LabelMeasurement"/>.</summary>
/// <param name="Semantic">Of its map.</param>
/// <param name="Instances">Of its instances; null where its drawn ones cannot be relied on.</param>
internal sealed record LabelTally(SemanticTally Semantic, InstanceTally? Instances)
{
    /// <summary>Whether a tally that was kept on disk is one, of so many classes.</summary>
    public bool IsWhole(int classes) => Semantic?.IsWhole(classes) == true && Instances?.IsWhole(classes) != false;
}
