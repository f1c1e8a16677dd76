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
    public ITuningTally Semantic() => new SemanticTally(new SemanticEvaluator(classes));

    /// <inheritdoc/>
    public ITuningTally Instances() => new InstanceTally(new InstanceEvaluator(classes, 0.5), instanceNames);

    /// <inheritdoc/>
    public LabelMap? ReferenceOf(TuningSample sample, Func<LabelMap> semantic) => sample.Truth?.Semantic;

    private sealed class SemanticTally(SemanticEvaluator evaluator) : ITuningTally
    {
        public double Score => evaluator.Compute().MeanIoU;

        public void Add(TuningSample sample, ImageLabels labels)
        {
            if (sample.Truth is { } truth)
                evaluator.Add(truth.Semantic, labels.Semantic);
        }
    }

    private sealed class InstanceTally(InstanceEvaluator evaluator, IReadOnlySet<string>? names) : ITuningTally
    {
        public double Score => evaluator.Compute().At(0.5).Mean;

        public void Add(TuningSample sample, ImageLabels labels)
        {
            if (sample.Truth is { } truth && names?.Contains(sample.Photograph.Name) != false)
                evaluator.Add(truth.Instances, labels.Instances);
        }
    }
}
