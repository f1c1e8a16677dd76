using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>
/// Ultralytics' YOLO segmentation: <c>data.yaml</c>, <c>images/SPLIT</c> and <c>labels/SPLIT</c>, in which every photograph has a text file, empty where it has no object. A line is an object: its
/// class from 0 on, then x and y of its polygon's corners as shares of the photograph's width and height. A line has one polygon, so that parts and holes are joined to it by lines of no width.
/// </summary>
internal sealed class YoloFormat : ILabelFormat
{
    private const string DataFile = "data.yaml", Labels = "labels", Images = "images";

    // Coordinates a little beyond an edge are rounding.
    private const double Tolerance = 0.01;

    public LabelContent Carries => LabelContent.None;

    public bool HasPlainNames => false;

    public string PhotographPath(string split, string file) => $"{Images}/{split}/{file}";

    public void Write(ExportJob job)
    {
        string folder = Path.Combine(job.Folder, Labels);
        Links.Refuse(folder);
        foreach (ExportedPhotograph photograph in job.Photographs)
            AtomicFile.WriteText(photograph.PathIn(Path.Combine(folder, job.Split), ".txt"), string.Concat(photograph.Read().Instances.Select(instance => Line(instance, job.Losses))));
        // JSON's text is YAML's, whatever a name holds.
        IEnumerable<string> names = job.Classes.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"  {i}: {JsonSerializer.Serialize(name)}\n"));
        AtomicFile.WriteText(Path.Combine(job.Folder, DataFile), $"train: {Images}/{job.Split}\nval: {Images}/{job.Split}\nnames:\n{string.Concat(names)}");
    }

    public LabelSet Read(string path, ConversionSource source)
    {
        string data = Directory.Exists(path) ? Path.Combine(path, DataFile) : path, root = Path.GetDirectoryName(Path.GetFullPath(data))!;
        IReadOnlyList<string> classes = YoloNames.Read(data);
        (string labels, string ownImages) = Folders(root, source.Split);
        if (source.Images is null && !Directory.Exists(ownImages))
            throw new DataSetException(ownImages, "does not exist, and the sizes of the photographs are needed; give their folder (--images).");
        PhotographFolder images = source.Images ?? new PhotographFolder(ownImages);
        string[] stems = [.. images.Files.Select(file => Path.ChangeExtension(file, null))];
        if (Strays(labels, stems).FirstOrDefault() is { } stray)
            throw new DataSetException(Path.Combine(labels, stray + ".txt"), "labels no photograph of the folder of images; give the photographs that were labelled (--images).");
        return new LabelSet(classes, [.. images.Files.Select((file, i) => new LabelledFile(file, () =>
        {
            string label = Path.Combine(labels, stems[i] + ".txt");
            (int height, int width) = images.SizeOf(file, label);
            // Where the format has no file, nothing is there.
            IReadOnlyList<InstanceLabel> instances = File.Exists(label) ? [.. Instances(label, classes.Count, height, width)] : [];
            return new FoundLabels(height, width, instances);
        }))]);
    }

    // Both layouts are in use: labels/train and train/labels.
    private static (string Labels, string Images) Folders(string root, string? split)
    {
        string[] splits = split is not null ? [RelativePath.Require(split, "split")] : [LabelExport.DefaultSplit, "val", "valid", "test", ""];
        foreach (string name in splits)
            foreach (Func<string, string> place in new Func<string, string>[] { kind => Path.Combine(root, kind, name), kind => Path.Combine(root, name, kind) })
                if (Directory.Exists(place(Labels)))
                    return (place(Labels), place(Images));
        throw new DataSetException(root, $"has no folder {Labels}/{split ?? "SPLIT"}; expected one beside {DataFile}.");
    }

    private static IEnumerable<string> Strays(string labels, string[] stems) =>
        Directory.EnumerateFiles(labels, "*.txt", new EnumerationOptions { RecurseSubdirectories = true })
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(labels, file).Replace('\\', '/'), null)!).Order(StringComparer.Ordinal).Except(stems);

    private static string Line(InstanceLabel instance, LossTally losses)
    {
        IReadOnlyList<IReadOnlyList<(int X, int Y)>> outlines = MaskOutlines.Trace(MaskCrop.Of(instance.Mask));
        if (outlines.Count > 1)
            losses.Count("instances of several parts or with holes: joined to one polygon by lines of no width");
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{instance.ClassIndex}");
        foreach ((int x, int y) in MaskOutlines.Join(outlines))
            line.Append(CultureInfo.InvariantCulture, $" {(double)x / instance.Mask.Width:0.#######} {(double)y / instance.Mask.Height:0.#######}");
        return line.Append('\n').ToString();
    }

    private static IEnumerable<InstanceLabel> Instances(string path, int classes, int height, int width)
    {
        int row = 0;
        foreach (string line in DataSetFile.ReadLines(path))
        {
            row++;
            if (line.Length > 0)
                yield return Parse(line, classes, height, width, $"{path} row {row}");
        }
    }

    private static InstanceLabel Parse(string line, int classes, int height, int width, string subject)
    {
        string[] fields = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (!int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int classIndex) || classIndex >= classes)
            throw new DataSetException(subject, $"begins with '{fields[0]}'; expected a class from 0 to {classes - 1}.");
        if (fields.Length < 7 || fields.Length % 2 == 0)
            throw new DataSetException(subject, $"has {fields.Length - 1} numbers after the class; expected x and y of at least three corners (four numbers are a box, which is no mask).");
        var polygon = new double[fields.Length - 1];
        for (int i = 0; i < polygon.Length; i++)
            polygon[i] = double.TryParse(fields[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out double share) && share is >= -Tolerance and <= 1 + Tolerance
                ? share * (i % 2 == 0 ? width : height)
                : throw new DataSetException(subject, $"has the coordinate '{fields[i + 1]}'; expected shares of the photograph's width and height, from 0 to 1.");
        try
        {
            var mask = RunLengthMask.FromPolygons(height, width, [polygon]);
            return new InstanceLabel(classIndex, 1, mask.ComputeBox(), mask);
        }
        catch (DataSetException error)
        {
            throw new DataSetException(subject, $"cannot be drawn ({error.Message})", error);
        }
    }
}
