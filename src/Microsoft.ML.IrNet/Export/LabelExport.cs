using System.Text.RegularExpressions;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export.Formats;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export;

/// <summary>Takes a label folder to the format of another tool.</summary>
public static partial class LabelExport
{
    internal const string DefaultSplit = "train";

    /// <summary>Writes the labels of a label folder in another format.</summary>
    /// <param name="labels">A label folder, or a COCO annotation file.</param>
    /// <param name="format">The format.</param>
    /// <param name="folder">The folder to write to, which is made where missing. Files of the same names are replaced.</param>
    /// <param name="options">The photographs, and the list that they form; null for none and train.</param>
    /// <param name="progress">Told the name of each photograph that is done.</param>
    /// <param name="cancellation">Stops between photographs; what was written so far stays, without the files that name it.</param>
    /// <returns>How much was written, and what the format could not carry.</returns>
    /// <exception cref="DataSetException">The labels are damaged, say something that the format cannot, or a photograph is not among the images.</exception>
    /// <exception cref="ImageFileException">A map or a photograph cannot be read.</exception>
    /// <exception cref="OptionException">The split is no name of a file.</exception>
    /// <exception cref="OutputException">The folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static LabelExchangeReport Execute(
        string labels, LabelFormat format, string folder, LabelExchangeOptions? options = null, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(labels);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ILabelFormat writer = LabelFormats.Of(format);
        string split = options?.Split ?? DefaultSplit;
        if (!FileName().IsMatch(split))
            throw new OptionException("split", $"is '{split}'; expected a name of letters, digits, '-' and '_'.");
        LabelFolder source = LabelFolder.Read(labels);
        RequirePrintable(source.Classes, labels);
        PhotographFolder? images = options?.Images is { } path ? new PhotographFolder(path) : null;
        var losses = new LossTally();
        var target = new ExportFolder(folder);
        var paths = new PhotographPaths(writer.HasPlainNames);
        int instances = 0;
        ExportedPhotograph[] photographs = [.. source.Images.Select(image =>
        {
            (string stem, string extension) = SplitName(image);
            string file = paths.Assign(stem, extension);
            if (file != stem + extension)
                losses.Count("photographs with names that the format or a file system does not take: renamed");
            return new ExportedPhotograph(image.Name, file, image.Height, image.Width, () =>
            {
                cancellation.ThrowIfCancellationRequested();
                ImageLabels found = Fit(source.Photographs[image.Name](), writer.Carries, source.Classes.Count, $"{labels} photograph '{image.Name}'", losses);
                if (images is not null)
                    CopyPhotograph(images, stem + extension, image, target.At(writer.PhotographPath(split, file)), labels, losses);
                instances += found.Instances.Count;
                progress?.Report(image.Name);
                return found;
            });
        })];
        writer.Write(new ExportJob(target, split, source.Classes, photographs, losses));
        return new LabelExchangeReport(photographs.Length, instances, losses.Clauses);
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,64}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex FileName();

    /// <summary>The relative path that a photograph has, without and with its extension. Lists of labels may have the file's name only, and the folder in the photograph's name.</summary>
    private static (string Stem, string Extension) SplitName(LabelFolder.LabelledImage image)
    {
        string file = image.FileName.Replace('\\', '/'), stated = Path.GetExtension(file);
        string path = file.Contains('/', StringComparison.Ordinal) ? file : image.Name;
        return (path.EndsWith(stated, StringComparison.OrdinalIgnoreCase) ? path[..^stated.Length] : path, PhotographPaths.ExtensionOf(file));
    }

    private static void RequirePrintable(IReadOnlyList<string> classes, string labels)
    {
        if (classes.FirstOrDefault(name => name.Length == 0 || !name.EnumerateRunes().All(PhotographPaths.IsPrintable)) is { } odd)
            throw new DataSetException(labels, $"has the class '{odd}', which is empty or has characters that cannot be printed; rename it.");
    }

    private static ImageLabels Fit(ImageLabels labels, LabelContent carried, int classes, string subject, LossTally losses)
    {
        var kept = new List<InstanceLabel>();
        foreach (InstanceLabel instance in labels.Instances)
            if (InstanceChecks.Problem(instance, classes) is { } problem)
                throw new DataSetException(subject, problem);
            else if (instance.IsCrowd && !carried.HasFlag(LabelContent.Crowds))
                losses.Count("crowds: left out");
            else if (instance.Mask.Area == 0 && !carried.HasFlag(LabelContent.EmptyMasks))
                losses.Count("instances without a pixel: left out");
            else
            {
                if (instance.Score != 1 && !carried.HasFlag(LabelContent.Scores))
                    losses.Count("instances with scores: the scores are left out");
                kept.Add(instance);
            }
        if (!carried.HasFlag(LabelContent.SemanticMaps) && !labels.Semantic.Labels.AsSpan().SequenceEqual(
            InstanceMaps.Semantic(labels.Semantic.Height, labels.Semantic.Width, labels.Instances).Labels))
            losses.Count("photographs whose semantic maps say other than their instances: the maps are left out");
        return labels with { Instances = kept };
    }

    private static void CopyPhotograph(PhotographFolder images, string file, LabelFolder.LabelledImage image, string target, string labels, LossTally losses)
    {
        string subject = $"{labels} photograph '{image.Name}'", source = images.PathOf(images.Find(file, subject));
        (int height, int width) = ImageFile.ReadSize(source);
        if ((height, width) != (image.Height, image.Width))
            throw new DataSetException(subject, $"its labels are {image.Height} x {image.Width} and {source} is {height} x {width} (height x width); give the photographs that were labelled.");
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
            return;
        byte[] bytes = ImageFile.ReadBytes(source);
        if (Path.GetExtension(target) == ".jpg" && bytes is not [0xFF, 0xD8, ..])
        {
            losses.Count("photographs that are no JPEG: encoded as JPEG");
            bytes = PngFile.EncodeJpeg(ImageFile.Read(source), 95);
        }
        AtomicFile.Write(target, stream => stream.Write(bytes));
    }
}
