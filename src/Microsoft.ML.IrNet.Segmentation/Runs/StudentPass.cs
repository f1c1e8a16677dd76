using System.Diagnostics;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Estimators;

namespace Microsoft.ML.IrNet.Segmentation.Runs;

/// <summary>
/// Makes masks of photographs with a trained student, one after the other in flat memory, into a label folder. A pass that was stopped goes on where it stood.
/// </summary>
public static class StudentPass
{
    /// <summary>Makes masks of all photographs of a set.</summary>
    /// <param name="data">The photographs; tags are not used.</param>
    /// <param name="student">The trained network.</param>
    /// <param name="outputFolder">Where <c>annotations.json</c>, <c>SegmentationClass</c> and <c>SegmentationObject</c> go.</param>
    /// <param name="strict">Whether the first photograph that cannot be read ends the pass, instead of being left out.</param>
    /// <param name="observer">Told of progress and of photographs left out.</param>
    /// <param name="restart">Whether what a stopped pass left in the output folder is removed first.</param>
    /// <param name="cancellation">Stops between photographs; there is then no new annotations.json, and the same pass again goes on.</param>
    /// <returns>The photographs that were left out.</returns>
    /// <exception cref="OptionException">A pass over other photographs or with another network was stopped in the output folder.</exception>
    /// <exception cref="DataSetException">There are no photographs, or none could be read.</exception>
    /// <exception cref="ImageFileException">In strict mode: a photograph cannot be read.</exception>
    /// <exception cref="OutputException">The output folder cannot be written, or another is using it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static IReadOnlyCollection<SkippedPhotograph> Execute(
        PhotographSet data, StudentTransformer student, string outputFolder, bool strict, IRunObserver observer, bool restart = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(student);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        ArgumentNullException.ThrowIfNull(observer);
        RunChecks.Require(data);
        var watch = Stopwatch.StartNew();
        var skips = new SkipList(observer, strict);
        using WorkFolder work = WorkFolder.Take(outputFolder, Path.Combine(outputFolder, LabelPass.UnfinishedFolder), "a prediction", Identity(data, student), restart);
        using var writer = new LabelFolderWriter(outputFolder, student.Classes, Path.Combine(work.Path, "labelled.journal"));
        new PhotographPass(data.Photographs, observer, skips, cancellation).Run(
            RunStage.Predict, photograph => new LoadedPhotograph(photograph, ImageFile.Read(photograph.Path), Truth: null), loaded =>
            {
                (Photograph photograph, RgbImage image, _) = loaded;
                ImageLabels labels = student.Label(image);
                return () =>
                {
                    writer.Add(photograph.Name, Path.GetFileName(photograph.Path), image.Height, image.Width, labels);
                    return null;
                };
            }, photograph => writer.Contains(photograph.Name));
        writer.Complete();
        writer.Dispose();
        work.Remove();
        observer.Finished(RunStage.Predict, watch.Elapsed, reused: false);
        foreach (string warning in writer.Warnings)
            observer.Warn(warning);
        return skips.Photographs;
    }

    private static SortedDictionary<string, string> Identity(PhotographSet data, StudentTransformer student) => NamedOptions.Of(new
    {
        Student = student.Settings,
        Weights = student.WeightsDigest(),
        Photographs = RunIdentity.Of(data.Photographs),
        PhotographFiles = RunIdentity.OfFiles(data.Photographs),
    });
}
