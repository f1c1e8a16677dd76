using System.Diagnostics;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Rendering;
using TorchSharp;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>
/// Labels photographs with a trained model, one after the other in flat memory, into a label folder. A pass that was stopped goes on where it stood.
/// </summary>
public static class LabelPass
{
    /// <summary>The sub-folder of the output that is there while a pass is not finished.</summary>
    internal const string UnfinishedFolder = "unfinished";

    /// <summary>Labels all photographs of a set.</summary>
    /// <param name="data">The photographs; its classes are the model's.</param>
    /// <param name="model">The trained networks and their options.</param>
    /// <param name="outputFolder">Where <c>annotations.json</c>, <c>SegmentationClass</c>, <c>SegmentationObject</c> and <c>NetworkMaps</c> go.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="observer">Told of progress and of photographs left out.</param>
    /// <param name="cancellation">Stops between photographs; there is then no new annotations.json, and the same pass again goes on.</param>
    /// <returns>The photographs that were left out.</returns>
    /// <exception cref="ArgumentException">The classes are not the model's.</exception>
    /// <exception cref="OptionException">A pass over other photographs, with another model or with other options was stopped in the output folder.</exception>
    /// <exception cref="DataSetException">There are no photographs, or none could be read.</exception>
    /// <exception cref="ImageFileException">In strict mode: a photograph cannot be read.</exception>
    /// <exception cref="OutputException">The output folder cannot be written, or another is using it.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellation"/> was signalled.</exception>
    public static IReadOnlyCollection<SkippedPhotograph> Execute(
        PhotographSet data, LabellerModel model, string outputFolder, LabelPassOptions options, IRunObserver observer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(outputFolder);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        if (!data.Classes.SequenceEqual(model.Classes))
            throw new ArgumentException($"The classes are {string.Join(", ", data.Classes)}; those of the model are {string.Join(", ", model.Classes)}.", nameof(data));
        RunChecks.Require(data);
        var watch = Stopwatch.StartNew();
        var skips = new SkipList(observer, options.Strict);
        using WorkFolder work = WorkFolder.Take(outputFolder, Path.Combine(outputFolder, UnfinishedFolder), "a label pass", Identity(data, model, options), options.Restart);
        using var cams = new ClassActivationMapper(model.Cam, model.Options.Cam.Maps, options.Device);
        using var fields = new BoundaryDisplacementMapper(model.IrNet, model.Options.IrNet.Maps, options.Device);
        using var warned = new TallyJournal<string[]>(Path.Combine(work.Path, "warned.journal"), MapWarnings.AreWhole);
        using var writer = new LabelFolderWriter(outputFolder, model.Classes, Path.Combine(work.Path, "labelled.journal"));
        new PhotographPass(data.Photographs, observer, skips, cancellation).Run(
            RunStage.Label, photograph => new LoadedPhotograph(photograph, ImageFile.Read(photograph.Path), Truth: null), loaded =>
            {
                (Photograph photograph, RgbImage image, _) = loaded;
                ClassActivation activation = cams.Compute(image, options.PredictTags ? null : photograph.Tags, tagThreshold: model.Options.Cam.TagThreshold);
                NetworkMaps maps = activation.With(fields.Compute(image));
                return () =>
                {
                    ImageLabels labels = Labels(maps, image, model.Options, options.Device);
                    if (MapWarnings.Of(photograph, maps, data.Classes) is { Length: > 0 } warnings)
                        warned.Add(photograph.Name, warnings);
                    writer.Add(photograph.Name, Path.GetFileName(photograph.Path), image.Height, image.Width, labels, MapStrip.Draw(maps));
                    return new LabelledPhotograph(photograph, image, maps, labels, Truth: null);
                };
            }, photograph => writer.Contains(photograph.Name));
        writer.Complete();
        writer.Dispose();
        warned.Dispose();
        work.Remove();
        observer.Finished(RunStage.Label, watch.Elapsed, reused: false);
        foreach (string warning in warned.Tallies.SelectMany(warnings => warnings).Concat(writer.Warnings))
            observer.Warn(warning);
        return skips.Photographs;
    }

    private static SortedDictionary<string, string> Identity(PhotographSet data, LabellerModel model, LabelPassOptions options) => NamedOptions.Of(new
    {
        Cam = model.Options.Cam.Maps,
        model.Options.Cam.TagThreshold,
        IrNet = model.Options.IrNet.Maps,
        Instances = model.Options.Instances.Labels,
        Semantic = model.Options.Semantic.Labels,
        Model = $"{RunIdentity.Of(model.Cam)} {RunIdentity.Of(model.IrNet)}",
        options.PredictTags,
        Device = RunIdentity.Of(options.Device),
        data.Classes,
        Photographs = RunIdentity.Of(data.Photographs),
        PhotographFiles = RunIdentity.OfFiles(data.Photographs),
    });

    internal static NetworkMaps With(this ClassActivation activation, BoundaryDisplacement field) =>
        new(activation.Height, activation.Width, activation.Rows, activation.Columns, activation.Tags, activation.Cam, field.Boundary, field.Displacement);

    private static ImageLabels Labels(NetworkMaps maps, RgbImage image, LabellerOptions options, torch.Device device)
    {
        (PseudoLabelOptions instances, PseudoLabelOptions semantic) = (options.Instances.Labels, options.Semantic.Labels);
        return instances == semantic
            ? PseudoLabeller.Label(maps, instances, device: device, photograph: image)
            : new ImageLabels(
                PseudoLabeller.Label(maps, instances, semantic: false, device: device, photograph: image).Instances,
                PseudoLabeller.Label(maps, semantic, instances: false, device: device, photograph: image).Semantic);
    }
}
