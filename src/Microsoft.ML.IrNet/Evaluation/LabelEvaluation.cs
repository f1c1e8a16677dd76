using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Measures labels against the masks of a data set, photograph by photograph, in memory that does not grow with their pixels.</summary>
public static class LabelEvaluation
{
    /// <summary>Measures labels.</summary>
    /// <param name="truth">The data set; photographs without ground truth are left out and counted.</param>
    /// <param name="labels">The labels of a photograph, of the data set's classes; null where it was not labelled, which leaves it out and names it in the report.</param>
    /// <param name="options">What to measure.</param>
    /// <param name="progress">Told after each photograph how many of the set are done.</param>
    /// <param name="cancellationToken">Stops between photographs.</param>
    /// <exception cref="DataSetException">Labels of another size than the truth, or of classes the data set does not have; names the photograph.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static EvaluationReport Evaluate(
        PhotographSet truth, Func<Photograph, ImageLabels?> labels, EvaluationOptions? options = null,
        IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(labels);
        int classes = truth.Classes.Count;
        IReadOnlySet<string>? instanceNames = options?.InstanceNames;
        var semantic = new SemanticEvaluator(classes);
        var instance = new InstanceEvaluator(classes);
        var coco = new CocoEvaluator(classes, CocoIouKind.Mask);
        var cocoBox = new CocoEvaluator(classes, CocoIouKind.Box);
        var split = new SplitEvaluator(classes);
        var withoutLabels = new List<string>();
        int images = 0, instanceImages = 0, withoutGroundTruth = 0, done = 0;
        foreach (Photograph photograph in truth.Photographs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (photograph.ReadGroundTruth is null)
                withoutGroundTruth++;
            else if (labels(photograph) is not { } found)
                withoutLabels.Add(photograph.Name);
            else
            {
                ImageLabels drawn = photograph.ReadGroundTruth();
                RequireFit(drawn, drawn.Semantic, classes, $"ground truth of {photograph.Name}");
                RequireFit(found, drawn.Semantic, classes, $"labels of {photograph.Name}");
                semantic.Add(drawn.Semantic, found.Semantic);
                images++;
                if (instanceNames is null || instanceNames.Contains(photograph.Name))
                {
                    instance.Add(drawn.Instances, found.Instances);
                    coco.Add(drawn.Instances, found.Instances);
                    cocoBox.Add(drawn.Instances, found.Instances);
                    split.Add(drawn.Instances, found.Instances);
                    instanceImages++;
                }
            }
            progress?.Report(++done);
        }
        return new EvaluationReport(
            images, instanceImages, withoutGroundTruth, withoutLabels,
            semantic.Compute(), instance.Compute(), coco.Compute(), cocoBox.Compute(), split.Compute());
    }

    private static void RequireFit(ImageLabels labels, LabelMap truth, int classes, string subject)
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
