using System.Text.Json.Nodes;
using Microsoft.ML;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Reports;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Segmentation.Runs;

namespace QuickStart;

/// <summary>Mask R-CNN and DeepLab learn from the masks that the run made, and are measured on images that nothing has seen.</summary>
/// <param name="labels">The run's output folder.</param>
/// <param name="training">The images it labelled.</param>
/// <param name="heldBack">The images to measure on.</param>
/// <param name="result">The run, whose classifier's backbone the students start from.</param>
internal sealed class Students(string labels, PhotographSet training, PhotographSet heldBack, LabellingRunResult result)
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly Dictionary<StudentKind, EvaluationReport> _reports = [];

    /// <summary>What metrics.json says of the students.</summary>
    public JsonObject Metrics => new()
    {
        ["maskrcnn"] = new JsonObject { ["AP50"] = AP(0.5), ["AP75"] = AP(0.75) },
        ["deeplab"] = new JsonObject { ["mIoU"] = _reports[StudentKind.DeepLab].Semantic.MeanIoU },
    };

    /// <summary>The same for people.</summary>
    public SummaryTable Table => new($"Students on {heldBack.Photographs.Count} images that nothing has seen", ["network", "AP50", "AP75", "mIoU"],
    [
        ["Mask R-CNN", Percent(AP(0.5)), Percent(AP(0.75)), Percent(_reports[StudentKind.MaskRcnn].Semantic.MeanIoU)],
        ["DeepLab", "-", "-", Percent(_reports[StudentKind.DeepLab].Semantic.MeanIoU)],
    ]);

    public void Train(IRunObserver observer)
    {
        IDataView data = _ml.Data.LoadLabels(labels, training);
        Learn(StudentKind.MaskRcnn, () => _ml.MulticlassClassification.Trainers.MaskRcnn(
            Recipe.MaskRcnn(result.CamNetwork.Backbone) with { Progress = new StepProgress(observer, RunStage.TrainMaskRcnn) }).Fit(data), observer);
        Learn(StudentKind.DeepLab, () => _ml.MulticlassClassification.Trainers.DeepLab(
            Recipe.DeepLab(result.CamNetwork.Backbone) with { Progress = new StepProgress(observer, RunStage.TrainDeepLab) }).Fit(data), observer);
    }

    private void Learn(StudentKind kind, Func<StudentTransformer> fit, IRunObserver observer)
    {
        using StudentTransformer student = fit();
        StudentFile.Save(student, Path.Combine(labels, $"{kind.ToString().ToLowerInvariant()}.zip"));
        string folder = Path.Combine(labels, "students", kind.ToString().ToLowerInvariant());
        StudentPass.Execute(heldBack, student, folder, strict: true, observer);
        _reports[kind] = LabelEvaluation.Evaluate(heldBack, LabelFolder.Read(folder, heldBack).LabelsOf(heldBack));
        LabelReport.Write(Path.Combine(folder, "index.html"), folder, new LabelReportOptions { Title = $"{kind} on images that nothing has seen", Data = heldBack, MinimumScore = 0.5f });
    }

    private double AP(double threshold) => _reports[StudentKind.MaskRcnn].Instance.At(threshold).Mean;

    private static string Percent(double share) => $"{100 * share:F1}";
}
