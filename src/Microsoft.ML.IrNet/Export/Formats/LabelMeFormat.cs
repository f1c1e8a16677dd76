using System.Text.Json;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>
/// LabelMe: beside every photograph a JSON file. Instances are shapes of the type mask, because polygons have no holes; each is a group of its own. <c>labels.txt</c> lists the classes, as
/// <c>labelme --labels</c> takes it.
/// </summary>
internal sealed class LabelMeFormat : ILabelFormat
{
    // The first version with masks is 5.2.
    private const string Version = "5.4.1", ClassFile = "labels.txt", Mask = "mask";

    private static readonly string[] NoClasses = ["__ignore__", "_background_"];

    public LabelContent Carries => LabelContent.Scores;

    public bool HasPlainNames => false;

    public string PhotographPath(string split, string file) => file;

    public void Write(ExportJob job)
    {
        ClassLines.Require(job.Classes, ClassFile);
        foreach (ExportedPhotograph photograph in job.Photographs)
        {
            ImageLabels labels = photograph.Read();
            AtomicFile.Write(job.Folder.At(photograph.Stem + ".json"), stream =>
            {
                using var json = new Utf8JsonWriter(stream, CocoJson.Relaxed with { Indented = true });
                Write(json, photograph, labels.Instances, job.Classes);
            });
        }
        AtomicFile.WriteText(job.Folder.At(ClassFile), string.Concat(NoClasses.Concat(job.Classes).Select(name => name + "\n")));
    }

    public LabelSet Read(string path, ConversionSource source)
    {
        string[] files = Directory.Exists(path)
            ? [.. Directory.EnumerateFiles(path, "*.json", new EnumerationOptions { RecurseSubdirectories = true })
                .Select(file => Path.GetRelativePath(path, file).Replace('\\', '/')).Order(StringComparer.Ordinal)]
            : throw new DataSetException(path, "is no folder; expected one with LabelMe's JSON files.");
        string[] extensions = new string[files.Length];
        var labels = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < files.Length; i++)
        {
            LabelMeFile file = LabelMeFile.Read(Path.Combine(path, files[i]));
            extensions[i] = PhotographPaths.ExtensionOf(file.ImagePath);
            labels.UnionWith(file.Shapes!.Select(shape => shape.Label!));
        }
        IReadOnlyList<string> classes = ReadClasses(Path.Combine(path, ClassFile)) ?? [.. labels.Except(NoClasses)];
        return new LabelSet(classes, [.. files.Select((name, i) => new LabelledFile(Path.ChangeExtension(name, extensions[i]), () =>
        {
            string file = Path.Combine(path, name);
            LabelMeFile drawn = LabelMeFile.Read(file);
            (int height, int width) = source.SizeOf(Path.ChangeExtension(name, extensions[i]), drawn.ImageHeight, drawn.ImageWidth, file);
            DrawnShape[] shapes = [.. drawn.Shapes!.Where(shape => !NoClasses.Contains(shape.Label)).Select((shape, number) => Draw(shape, height, width, $"{file} shape {number + 1}", source.Losses)).OfType<DrawnShape>()];
            return new FoundLabels(height, width, DrawnShape.Join(shapes, label => ClassNames.Require(classes, label, file)));
        }))]);
    }

    private static string[]? ReadClasses(string path) =>
        File.Exists(path) ? [.. DataSetFile.ReadLines(path).Where(line => line.Length > 0).Except(NoClasses)] : null;

    private static void Write(Utf8JsonWriter json, ExportedPhotograph photograph, IReadOnlyList<InstanceLabel> instances, IReadOnlyList<string> classes)
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteStartObject("flags");
        json.WriteEndObject();
        json.WriteStartArray("shapes");
        for (int i = 0; i < instances.Count; i++)
        {
            MaskCrop crop = MaskCrop.Of(instances[i].Mask);
            json.WriteStartObject();
            json.WriteString("label", classes[instances[i].ClassIndex]);
            json.WriteStartArray("points");
            WritePoint(json, crop.Left, crop.Top);
            WritePoint(json, crop.Left + crop.Width - 1, crop.Top + crop.Height - 1);
            json.WriteEndArray();
            json.WriteNumber("group_id", i + 1);
            json.WriteString("description", "");
            json.WriteString("shape_type", Mask);
            json.WriteStartObject("flags");
            json.WriteEndObject();
            json.WriteBase64String("mask", Png(crop));
            if (instances[i].Score != 1)
                json.WriteNumber("score", instances[i].Score);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteString("imagePath", Path.GetFileName(photograph.File));
        json.WriteNull("imageData");
        json.WriteNumber("imageHeight", photograph.Height);
        json.WriteNumber("imageWidth", photograph.Width);
        json.WriteEndObject();
    }

    private static void WritePoint(Utf8JsonWriter json, int x, int y)
    {
        json.WriteStartArray();
        json.WriteNumberValue(x);
        json.WriteNumberValue(y);
        json.WriteEndArray();
    }

    private static byte[] Png(MaskCrop crop)
    {
        using var png = new MemoryStream();
        PalettePng.WriteGrey(png, new LabelMap(crop.Height, crop.Width, crop.Pixels));
        return png.ToArray();
    }

    /// <summary>The pixels of a shape; null where it encloses none.</summary>
    private static DrawnShape? Draw(LabelMeFile.Shape shape, int height, int width, string subject, LossTally losses)
    {
        try
        {
            RunLengthMask? mask = (shape.ShapeType ?? "polygon", shape.Points) switch
            {
                ("polygon", var points) => Fill([.. points!.SelectMany(point => point)]),
                ("rectangle", [[var x0, var y0], [var x1, var y1]]) => Fill(ShapeOutline.Rectangle(x0, y0, x1, y1)),
                ("circle", [[var x, var y], [var edgeX, var edgeY]]) => Fill(ShapeOutline.Ellipse(x, y, double.Hypot(edgeX - x, edgeY - y), double.Hypot(edgeX - x, edgeY - y))),
                (Mask, [[var left, var top], [var right, var bottom]]) => Unpack(shape.Mask, left, top, right, bottom, height, width, subject),
                ("rectangle" or "circle" or Mask, _) => throw new DataSetException("points", $"a {shape.ShapeType} has {shape.Points!.Length} points; expected 2."),
                _ => null,
            };
            if (mask is null)
                losses.Count("shapes that are no areas, such as points and lines: left out");
            return mask is null ? null : new DrawnShape(shape.Label!, shape.GroupId, mask, shape.Score ?? 1);
        }
        catch (DataSetException error)
        {
            throw new DataSetException(subject, $"cannot be drawn ({error.Message})", error);
        }

        RunLengthMask Fill(double[] polygon) => RunLengthMask.FromPolygons(height, width, [polygon]);
    }

    private static RunLengthMask Unpack(string? base64, double left, double top, double right, double bottom, int height, int width, string subject)
    {
        if (!(Math.Abs(left) <= int.MaxValue && Math.Abs(top) <= int.MaxValue && Math.Abs(right) <= int.MaxValue && Math.Abs(bottom) <= int.MaxValue))
            throw new DataSetException("points", $"the mask reaches from {left}, {top} to {right}, {bottom}; expected pixels of the photograph.");
        (long x, long y, long boxWidth, long boxHeight) = ((long)left, (long)top, (long)right - (long)left + 1, (long)bottom - (long)top + 1);
        MaskCrop.RequireWithin(x, y, boxHeight, boxWidth, height, width);
        byte[] png;
        try
        {
            png = Convert.FromBase64String(base64 ?? "");
        }
        catch (FormatException error)
        {
            throw new DataSetException("mask", "it is no base64; expected a PNG in base64.", error);
        }
        LabelMap map = PalettePng.Read(png, $"{subject} mask", (int)boxHeight, (int)boxWidth);
        return new MaskCrop((int)x, (int)y, map.Height, map.Width, map.Labels).ToMask(height, width);
    }
}
