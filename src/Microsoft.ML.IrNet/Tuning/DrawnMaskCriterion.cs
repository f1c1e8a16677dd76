using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>Judges by drawn masks.</summary>
/// <param name="classes">How many classes there are.</param>
/// <param name="instanceNames">Photographs whose drawn instances can be relied on; null for all.</param>
internal sealed class DrawnMaskCriterion(int classes, IReadOnlySet<string>? instanceNames) : ITuningCriterion
{
    /// <inheritdoc/>
    public string Description => "drawn masks: mIoU of semantic maps, AP50 of instances, their mean where an option matters to both";

    /// <inheritdoc/>
    public bool JudgesInstances => true;

    /// <inheritdoc/>
    public double OfSemantic(IEnumerable<(TuningSample Sample, LabelMap Map)> maps)
    {
        var evaluator = new SemanticEvaluator(classes);
        foreach ((TuningSample sample, LabelMap map) in maps)
            if (sample.Truth is { } truth)
                evaluator.Add(truth.Semantic, map);
        return evaluator.Compute().MeanIoU;
    }

    /// <inheritdoc/>
    public double OfInstances(IEnumerable<(TuningSample Sample, IReadOnlyList<InstanceLabel> Instances)> instances)
    {
        var evaluator = new InstanceEvaluator(classes, 0.5);
        foreach ((TuningSample sample, IReadOnlyList<InstanceLabel> found) in instances)
            if (sample.Truth is { } truth && instanceNames?.Contains(sample.Photograph.Name) != false)
                evaluator.Add(truth.Instances, found);
        return evaluator.Compute().At(0.5).Mean;
    }

    /// <inheritdoc/>
    public LabelMap? ReferenceOf(TuningSample sample, ImageLabels labels) => sample.Truth?.Semantic;
}
