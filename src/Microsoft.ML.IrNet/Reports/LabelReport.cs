using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>
/// One HTML file that shows the labels of a folder: metrics, curves, and a gallery that can be searched by class, score and kind of error. It needs no network and no other file. Pictures are
/// decoded by the browser a page at a time, so that thousands of photographs stay usable.
/// </summary>
public static class LabelReport
{
    private const int Side = 320, SmallSide = 200, Many = 1000;

    /// <summary>Writes the report.</summary>
    /// <param name="path">The HTML file.</param>
    /// <param name="labels">A label folder, a COCO annotation file, or with <see cref="LabelReportOptions.Data"/> a COCO results file. What a run has measured is read from the folder's metrics.json, where there is one.</param>
    /// <param name="options">What to show.</param>
    /// <param name="progress">Told after each photograph how many are done.</param>
    /// <param name="cancellation">Stops between photographs; an older report stays.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    /// <exception cref="DataSetException">The labels are damaged, or do not fit the data set.</exception>
    /// <exception cref="ImageFileException">A photograph cannot be read.</exception>
    /// <exception cref="OutputException">The report cannot be written.</exception>
    public static void Write(string path, string labels, LabelReportOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(labels);
        options ??= new LabelReportOptions();
        options.Validate();
        ReportSource source = options.Data is { } data ? ReportSource.Of(labels, data) : ReportSource.Of(labels);
        RunNotes notes = RunNotes.Find(labels);
        int side = options.PictureSide ?? (source.Photographs.Count > Many ? SmallSide : Side);
        var evaluator = new LabelEvaluator(source.Classes.Count, new EvaluationOptions { InstanceNames = options.InstanceNames });
        var index = new ReportIndex(source.Classes);
        AtomicFile.Write(path, stream =>
        {
            using Journal pictures = Journal.Temporary($"{Path.GetFullPath(path)}.{Environment.ProcessId}.{Guid.NewGuid():N}.part", path);
            int done = 0;
            foreach (ReportPhotograph photograph in source.Photographs)
            {
                cancellation.ThrowIfCancellationRequested();
                (ImageLabels found, ImageLabels? drawn) = (photograph.Labels(), photograph.GroundTruth?.Invoke());
                if (drawn is null)
                    evaluator.AddUndrawn();
                else
                    evaluator.Add(photograph.Name, drawn, found);
                InstanceErrors? errors = drawn is null || options.InstanceNames?.Contains(photograph.Name) == false
                    ? null
                    : InstanceErrors.Between(drawn.Instances, found.Instances, options.MinimumScore);
                index.Add(photograph, found, drawn, errors);
                pictures.Add(ReportPictures.Json(photograph, found, drawn, side));
                progress?.Report(++done);
            }
            ReportPage.Write(stream, options.Title, ReportOverview.Html(source, notes, index, evaluator.Compute()), index, pictures.Lines());
        });
    }
}
