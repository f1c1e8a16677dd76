using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
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
        foreach (ExportedPhotograph photograph in job.Photographs)
            AtomicFile.WriteText(job.Folder.At($"{Labels}/{job.Split}/{photograph.Stem}.txt"), string.Concat(photograph.Read().Instances.Select(instance => Line(instance, job.Losses))));
        // JSON's text is YAML's, whatever a name holds.
        IEnumerable<string> names = job.Classes.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"  {i}: \"{JsonEncodedText.Encode(name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"\n"));
        AtomicFile.WriteText(job.Folder.At(DataFile), $"train: {Images}/{job.Split}\nval: {Images}/{job.Split}\nnames:\n{string.Concat(names)}");
    }

    public LabelSet Read(string path, ConversionSource source)
    {
        string data = Directory.Exists(path) ? Path.Combine(path, DataFile) : path, root = Path.GetDirectoryName(Path.GetFullPath(data))!;
        IReadOnlyList<string> classes = YoloNames.Read(data);
        (string labels, string ownImages) = Folders(root, source.Split);
        if (source.Images is null && !Directory.Exists(ownImages))
            throw new DataSetException(ownImages, "does not exist, and the sizes of the photographs are needed; give their folder (--images).");
        PhotographFolder images = source.Images ?? new PhotographFolder(ownImages);
        Dictionary<string, string> labelOf = LabelFiles(labels, images);
        return new LabelSet(classes, [.. images.Files.Select(file => new LabelledFile(file, () =>
        {
            (int height, int width) = ImageFile.ReadSize(images.PathOf(file));
            // Where the format has no file, nothing is there.
            return new FoundLabels(height, width, labelOf.TryGetValue(file, out string? label) ? [.. Instances(label, classes.Count, height, width)] : []);
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

    /// <summary>The label file of each photograph that has one.</summary>
    private static Dictionary<string, string> LabelFiles(string folder, PhotographFolder images)
    {
        var labelOf = new Dictionary<string, string>();
        foreach (string path in Directory.EnumerateFiles(folder, "*.txt", new EnumerationOptions { RecurseSubdirectories = true }).Order(StringComparer.Ordinal))
        {
            string photograph = images.Find(Path.GetRelativePath(folder, path).Replace('\\', '/'), path);
            if (!labelOf.TryAdd(photograph, path))
                throw new DataSetException(path, $"is of the photograph {photograph}, as {labelOf[photograph]} is; remove one of the two.");
        }
        return labelOf;
    }

    private static string Line(InstanceLabel instance, LossTally losses)
    {
        IReadOnlyList<IReadOnlyList<(int X, int Y)>> outlines = MaskOutlines.Trace(MaskCrop.Of(instance.Mask));
        if (outlines.Count > 1)
            losses.Count("instances of several parts or with holes: joined to one polygon by lines of no width");
        var line = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{instance.ClassIndex}");
        foreach ((int x, int y) in MaskOutlines.Join(outlines))
            line.Append(CultureInfo.InvariantCulture, $" {Share(x, instance.Mask.Width)} {Share(y, instance.Mask.Height)}");
        return line.Append('\n').ToString();
    }

    // Rounded up: readers cut off what is behind the point of a pixel coordinate, and a hair below a whole one would lose a pixel.
    private static string Share(int corner, int side) => (Math.Ceiling(1e6 * corner / side) / 1e6).ToString("0.######", CultureInfo.InvariantCulture);

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
