using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Collects everything that is measured of a set of labels, photograph by photograph.</summary>
/// <param name="classes">How many classes there are.</param>
/// <param name="options">What to measure.</param>
internal sealed class LabelEvaluator(int classes, EvaluationOptions? options)
{
    private readonly SemanticEvaluator _semantic = new(classes);
    private readonly InstanceEvaluator _instance = new(classes);
    private readonly CocoEvaluator _coco = new(classes, CocoIouKind.Mask), _cocoBox = new(classes, CocoIouKind.Box);
    private readonly SplitEvaluator _split = new(classes);
    private readonly List<string> _withoutLabels = [];
    private int _images, _instanceImages, _withoutGroundTruth;

    /// <summary>Adds a photograph without drawn masks, which is counted only.</summary>
    public void AddUndrawn() => _withoutGroundTruth++;

    /// <summary>Adds a photograph that has no labels, which is named in the report only.</summary>
    public void AddUnlabelled(string name) => _withoutLabels.Add(name);

    /// <summary>Adds a photograph.</summary>
    /// <exception cref="DataSetException">Labels of another size than the truth, or of classes that do not exist; names the photograph.</exception>
    public void Add(string name, ImageLabels drawn, ImageLabels found)
    {
        RequireFit(drawn, drawn.Semantic, $"ground truth of {name}");
        RequireFit(found, drawn.Semantic, $"labels of {name}");
        _semantic.Add(drawn.Semantic, found.Semantic);
        _images++;
        if (options?.InstanceNames is { } names && !names.Contains(name))
            return;
        _instance.Add(drawn.Instances, found.Instances);
        _coco.Add(drawn.Instances, found.Instances);
        _cocoBox.Add(drawn.Instances, found.Instances);
        _split.Add(drawn.Instances, found.Instances);
        _instanceImages++;
    }

    /// <summary>All numbers over everything added so far.</summary>
    public EvaluationReport Compute() => new(
        _images, _instanceImages, _withoutGroundTruth, _withoutLabels,
        _semantic.Compute(), _instance.Compute(), _coco.Compute(), _cocoBox.Compute(), _split.Compute());

    private void RequireFit(ImageLabels labels, LabelMap truth, string subject)
    {
        RequireSize("the semantic map", labels.Semantic.Height, labels.Semantic.Width);
        if (SemanticEvaluator.StrangeLabel(labels.Semantic, classes) is { } strange)
            throw new DataSetException(subject, $"the semantic map holds label {strange}, which is none of the {classes} classes; evaluate labels with the data they were made for.");
        foreach (InstanceLabel instance in labels.Instances)
        {
            RequireSize("the mask of an instance", instance.Mask.Height, instance.Mask.Width);
            if (InstanceChecks.Problem(instance, classes) is { } problem)
                throw new DataSetException(subject, problem);
        }

        void RequireSize(string what, int height, int width)
        {
            if (height != truth.Height || width != truth.Width)
                throw new DataSetException(subject, $"{what} is {height} x {width}, the ground truth {truth.Height} x {truth.Width} (height x width); label the same photographs at their own size.");
        }
    }
}
