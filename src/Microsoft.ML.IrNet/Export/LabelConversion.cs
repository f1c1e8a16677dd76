using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export.Formats;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export;

/// <summary>Makes a label folder of labels in the format of another tool.</summary>
public static class LabelConversion
{
    /// <summary>Reads labels and writes them as <see cref="LabelFolderWriter"/> does.</summary>
    /// <param name="format">The format of the labels.</param>
    /// <param name="labels">
    /// coco: the annotation file, or the folder that it is in. voc: the devkit. yolo: the folder with data.yaml, or that file. labelme: the folder of the JSON files, sub-folders included. cvat: the XML
    /// file, or the folder with annotations.xml.
    /// </param>
    /// <param name="folder">The label folder to write.</param>
    /// <param name="options">The photographs, and which list of the data set; null for neither.</param>
    /// <param name="progress">Told the name of each photograph that is done.</param>
    /// <param name="cancellation">Stops between photographs; there is then no new annotations.json.</param>
    /// <returns>How much was read, and what was left out.</returns>
    /// <exception cref="DataSetException">The labels are missing, damaged, contradict themselves or the photographs, or are of no class.</exception>
    /// <exception cref="ImageFileException">A map or a photograph cannot be read.</exception>
    /// <exception cref="OutputException">The label folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LabelExchangeReport Execute(
        LabelFormat format, string labels, string folder, LabelExchangeOptions? options = null, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(labels);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var losses = new LossTally();
        PhotographFolder? images = options?.Images is { } path ? new PhotographFolder(path) : null;
        LabelSet set = Read(format, labels, new ConversionSource(images, options?.Split, losses));
        string[] names = Names(set, labels);
        using var writer = new LabelFolderWriter(folder, set.Classes);
        int instances = 0;
        for (int i = 0; i < names.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            FoundLabels found = set.Photographs[i].Read();
            foreach (InstanceLabel instance in found.Instances)
                if (InstanceChecks.Problem(instance, set.Classes.Count) is { } problem)
                    throw new DataSetException($"{labels} photograph '{names[i]}'", problem);
            writer.Add(names[i], set.Photographs[i].File, found.Height, found.Width,
                new ImageLabels(found.Instances, found.Semantic ?? InstanceMaps.Semantic(found.Height, found.Width, found.Instances)));
            instances += found.Instances.Count;
            progress?.Report(names[i]);
        }
        writer.Complete();
        return new LabelExchangeReport(names.Length, instances, [.. losses.Clauses, .. writer.Warnings]);
    }

    /// <summary>Reads what is labelled and makes sure that a label folder can hold it.</summary>
    /// <exception cref="DataSetException">There is no photograph, no class, or there are too many.</exception>
    internal static LabelSet Read(LabelFormat format, string labels, ConversionSource source)
    {
        LabelSet set = LabelFormats.Of(format).Read(labels, source);
        if (set.Photographs.Count == 0)
            throw new DataSetException(labels, "labels no photograph; expected at least one.");
        if (set.Classes.Count == 0)
            throw new DataSetException(labels, "has no class; expected at least one.");
        PhotographSetRules.RequireClasses(set.Classes.Count, labels);
        if (ClassNames.Repeated(set.Classes) is { } repeated)
            throw new DataSetException(labels, $"has the class '{repeated}' twice; rename one of the two.");
        return set;
    }

    private static string[] Names(LabelSet set, string labels)
    {
        IReadOnlyList<string> byFile = PhotographNames.Assign([.. set.Photographs.Select(photograph => photograph.File)]);
        string[] names = [.. set.Photographs.Select((photograph, i) => photograph.Name is { Length: > 0 } name ? name : byFile[i])];
        return ClassNames.Repeated(names) is { } repeated
            ? throw new DataSetException(labels, $"labels the photograph '{repeated}' twice; remove one of the two.")
            : names;
    }
}
