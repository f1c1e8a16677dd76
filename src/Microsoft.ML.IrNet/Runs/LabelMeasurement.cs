using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Measures the labels that one choice of the method's parts gives.</summary>
internal sealed class LabelMeasurement(string name, int classes)
{
    private readonly SemanticEvaluator _semantic = new(classes);
    private readonly InstanceEvaluator _instances = new(classes, [0.5]);

    public LabelTally Tally(ImageLabels labels, ImageLabels truth, bool measureInstances) =>
        new(_semantic.Tally(truth.Semantic, labels.Semantic), measureInstances ? _instances.Tally(truth.Instances, labels.Instances) : null);

    public void Add(LabelTally tally)
    {
        _semantic.Add(tally.Semantic);
        if (tally.Instances is { } instances)
            _instances.Add(instances);
    }

    public AblationRow Row() => new(name, _instances.Compute().At(0.5).Mean, _semantic.Compute().MeanIoU);
}
