using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Runs;
using Microsoft.ML.IrNet.Segmentation.Estimators;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Segmentation.Runs;

/// <summary>Trains a student and saves it. A training that was stopped goes on where it stood; until it is done its state is in a folder beside the model.</summary>
public static class StudentTraining
{
    /// <summary>Trains a student.</summary>
    /// <param name="context">Its seed and device count.</param>
    /// <param name="photographs">What it learns from.</param>
    /// <param name="labels">A label folder of them; their drawn masks where null.</param>
    /// <param name="recipe">How.</param>
    /// <param name="path">The zip file to write.</param>
    /// <param name="restart">Whether an unfinished training is removed first.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Stops with the state saved.</param>
    /// <exception cref="OptionException">An option is out of range, or not that of the stopped training.</exception>
    /// <exception cref="DataSetException">The labels are not there, or not of these photographs.</exception>
    /// <exception cref="TrainingException">There is nothing to learn from, or a loss is not finite.</exception>
    /// <exception cref="WeightsException">Weights cannot be read or do not fit.</exception>
    /// <exception cref="OutputException">The model or its folder cannot be written, or another training of it is under way.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static void Execute(
        MLContext context, PhotographSet photographs, string? labels, StudentRecipe recipe, string path,
        bool restart = false, IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(photographs);
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentException.ThrowIfNullOrEmpty(path);
        string unfinished = path + ".unfinished";
        recipe = recipe with { CheckpointDirectory = unfinished, FromDrawnMasks = labels is null };
        IDataView data = labels is null ? context.Data.LoadPhotographs(photographs) : context.Data.LoadLabels(labels, photographs);
        using WorkFolder work = WorkFolder.Take(unfinished, unfinished, $"a training of {recipe.Kind}", Identity(context, photographs, labels, recipe), restart);
        AtomicFile.RemoveLeftovers(Path.GetDirectoryName(Path.GetFullPath(path))!, Path.GetFileName(path));
        using (StudentTransformer student = recipe.Fit(context, data, photographs.Photographs.Count, progress, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            StudentFile.Save(student, path);
        }
        work.Remove();
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
