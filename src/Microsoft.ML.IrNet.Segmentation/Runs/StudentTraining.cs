using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Estimators;

namespace Microsoft.ML.IrNet.Segmentation.Runs;

/// <summary>Trains a student and saves it. A training that was stopped goes on where it stood.</summary>
public static class StudentTraining
{
    /// <summary>Trains a student.</summary>
    /// <param name="context">Its seed and device count.</param>
    /// <param name="photographs">What it learns from.</param>
    /// <param name="labels">A label folder of them; their drawn masks where null.</param>
    /// <param name="recipe">How.</param>
    /// <param name="path">The zip file to write.</param>
    /// <param name="observer">Told of each step.</param>
    /// <param name="run">
    /// The output folder of the run that the training belongs to: its state is in that folder's <c>work</c>, where it stays noted that it is done, and the same call does not train again. Null for
    /// none: until it is done, its state is in <c>PATH.unfinished</c>.
    /// </param>
    /// <param name="restart">Whether what an earlier training left of its state is removed first.</param>
    /// <param name="cancellation">Stops with the state saved.</param>
    /// <exception cref="OptionException">An option is out of range, or not that of the stopped training.</exception>
    /// <exception cref="DataSetException">The labels are not there, or not of these photographs.</exception>
    /// <exception cref="TrainingException">There is nothing to learn from, or a loss is not finite.</exception>
    /// <exception cref="WeightsException">Weights cannot be read or do not fit.</exception>
    /// <exception cref="OutputException">The model or its folder cannot be written, or another training of it is under way.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static FinishedTraining Execute(
        MLContext context, PhotographSet photographs, string? labels, StudentRecipe recipe, string path, IRunObserver observer,
        string? run = null, bool restart = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(photographs);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(observer);
        string results = run ?? path + ".unfinished", folder = run is null ? results : Path.Combine(run, "work", recipe.Kind.ToString().ToLowerInvariant());
        string checkpoints = Path.Combine(folder, "training");
        recipe = recipe with { CheckpointDirectory = checkpoints, FromDrawnMasks = labels is null };
        IDataView data = labels is null ? context.Data.LoadPhotographs(photographs) : context.Data.LoadLabels(labels, photographs);
        SortedDictionary<string, string> identity = Identity(context, photographs, labels, recipe);
        using WorkFolder work = WorkFolder.Take(results, folder, $"a training of {recipe.Kind}", identity, restart);
        StudentNote? note = null;
        var stages = new StageRunner(folder, new SkipList(observer, strict: true), observer);
        stages.Run(
            recipe.Stage, identity, begun =>
            {
                if (!begun)
                    FolderRemoval.Remove(checkpoints);
                AtomicFile.RemoveLeftovers(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
                using StudentTransformer student = recipe.Fit(context, data, photographs.Photographs.Count, new StepProgress(observer, recipe.Stage), cancellation);
                cancellation.ThrowIfCancellationRequested();
                StudentFile.Save(student, path);
                note = StudentNote.Write(folder, path, student.Losses);
            },
            isThere: () => (note = StudentNote.Find(folder, path)) is not null);
        var training = new FinishedTraining(recipe.Stage, stages.Seconds[recipe.Stage], note!.Losses);
        if (run is null)
        {
            work.Remove();
            return training;
        }
        FolderRemoval.Remove(checkpoints);
        work.Finish();
        return training;
    }

    private static SortedDictionary<string, string> Identity(MLContext context, PhotographSet photographs, string? labels, StudentRecipe recipe) => NamedOptions.Of(new
    {
        recipe.Backbone,
        BackboneWeights = recipe.BackboneWeights is { } backbone && File.Exists(backbone) ? RunIdentity.OfFile(backbone) : recipe.BackboneWeights,
        InitialWeights = RunIdentity.OfFile(recipe.InitialWeights),
        recipe.Steps,
        recipe.BatchSize,
        recipe.ShorterSide,
        recipe.Regions,
        recipe.Channels,
        recipe.OutputStride,
        Head = recipe.ChosenHead.ToString(),
        Labels = labels is null ? "drawn masks" : RunIdentity.OfFile(LabelFolder.AnnotationsOf(labels)),
        LabelMaps = labels is null ? null : RunIdentity.OfFiles(LabelFolder.MapsOf(labels)),
        Seed = ContextSettings.Seed(ContextSettings.GetEnvironment(context.Transforms)),
        Gpu = context.GpuDeviceId is not null,
        photographs.Classes,
        Photographs = RunIdentity.Of(photographs.Photographs),
        PhotographFiles = RunIdentity.OfFiles(photographs.Photographs),
    });
}
