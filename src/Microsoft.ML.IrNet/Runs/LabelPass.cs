using System.Diagnostics;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Networks;
using TorchSharp;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Labels photographs with a trained model, one after the other in flat memory, into a label folder.</summary>
public static class LabelPass
{
    /// <summary>Labels all photographs of a set.</summary>
    /// <param name="data">The photographs; its classes are the model's.</param>
    /// <param name="model">The trained networks and their options.</param>
    /// <param name="outputFolder">Where <c>annotations.json</c>, <c>SegmentationClass</c> and <c>SegmentationObject</c> go.</param>
    /// <param name="options">How to go about it.</param>
    /// <param name="observer">Told of progress and of photographs left out.</param>
    /// <param name="cancellation">Stops between photographs.</param>
    /// <returns>The photographs that were left out.</returns>
    /// <exception cref="DataSetException">None of the photographs could be read.</exception>
    /// <exception cref="OutputException">The output folder cannot be written.</exception>
    public static IReadOnlyCollection<SkippedPhotograph> Execute(
        PhotographSet data, LabellerModel model, string outputFolder, LabelPassOptions options, IRunObserver observer, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observer);
        using var cams = new ClassActivationMapper(model.Cam, model.Options.Cam.Maps, options.Device);
        using var fields = new BoundaryDisplacementMapper(model.IrNet, model.Options.IrNet.Maps, options.Device);
        using var writer = new LabelFolderWriter(outputFolder, model.Classes);
        var watch = Stopwatch.StartNew();
        IReadOnlyCollection<SkippedPhotograph> skipped = PhotographPass.ForEach(RunStage.Label, data.Photographs, observer, new SkipList(observer, options.Strict), photograph =>
        {
            RgbImage image = ImageFile.Read(photograph.Path);
            ClassActivation activation = cams.Compute(image, options.PredictTags ? null : photograph.Tags, tagThreshold: model.Options.Cam.TagThreshold);
            NetworkMaps maps = activation.With(fields.Compute(image));
            ImageLabels labels = PseudoLabeller.Label(maps, model.Options.Instances.Labels);
            writer.Add(photograph.Name, Path.GetFileName(photograph.Path), image.Height, image.Width, labels);
            observer.Labelled(new LabelledPhotograph(photograph, image, maps, labels, Truth: null));
        }, cancellation);
        writer.Complete();
        observer.Finished(RunStage.Label, watch.Elapsed, reused: false);
        foreach (string warning in writer.Warnings)
            observer.Warn(warning);
        return skipped;
    }

    internal static NetworkMaps With(this ClassActivation activation, BoundaryDisplacement field) =>
        new(activation.Height, activation.Width, activation.Rows, activation.Columns, activation.Tags, activation.Cam, field.Boundary, field.Displacement);
}
