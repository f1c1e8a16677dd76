using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Measures the labels that one choice of the method's parts gives.</summary>
internal sealed class LabelMeasurement(string name, int classes)
{
    private readonly SemanticEvaluator _semantic = new(classes);
    private readonly InstanceEvaluator _instances = new(classes, [0.5]);

    public void Add(ImageLabels labels, ImageLabels truth, bool measureInstances)
    {
        _semantic.Add(truth.Semantic, labels.Semantic);
        if (measureInstances)
            _instances.Add(truth.Instances, labels.Instances);
    }

    public AblationRow Row() => new(name, _instances.Compute().At(0.5).Mean, _semantic.Compute().MeanIoU);
}
