using Microsoft.ML.IrNet.Data;
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
        var evaluator = new LabelEvaluator(truth.Classes.Count, options);
        int done = 0;
        foreach (Photograph photograph in truth.Photographs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (photograph.ReadGroundTruth is not { } drawn)
                evaluator.AddUndrawn();
            else if (labels(photograph) is not { } found)
                evaluator.AddUnlabelled(photograph.Name);
            else
                evaluator.Add(photograph.Name, drawn(), found);
            progress?.Report(++done);
        }
        return evaluator.Compute();
    }
}
