using System.Globalization;
using System.Xml;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>
/// A devkit of PASCAL VOC: <c>JPEGImages</c>, <c>ImageSets/Segmentation/SPLIT.txt</c>, <c>Annotations</c> with boxes, <c>SegmentationClass</c> and <c>SegmentationObject</c>. What the classes
/// are called, which VOC itself does not say, is in <c>labelmap.txt</c>, as Datumaro and CVAT have it.
/// </summary>
internal sealed class VocFormat : ILabelFormat
{
    private static readonly XmlWriterSettings Indented = new() { Indent = true, OmitXmlDeclaration = true };

    public LabelContent Carries => LabelContent.SemanticMaps;

    public bool HasPlainNames => true;

    public string PhotographPath(string split, string file) => $"JPEGImages/{Path.ChangeExtension(file, ".jpg")}";

    public void Write(ExportJob job)
    {
        ClassLines.Require(job.Classes, VocLabelMap.FileName, ':', '#');
        AtomicFile.WriteText(job.Folder.At(VocLabelMap.FileName), VocLabelMap.Text(job.Classes));
        foreach (ExportedPhotograph photograph in job.Photographs)
        {
            ImageLabels labels = photograph.Read();
            LabelMap objects = InstanceMaps.Objects(photograph.Height, photograph.Width, labels.Instances);
            InstanceLabel[] drawn = Drawn(labels, objects, job.Losses);
            PalettePng.Write(job.Folder.At($"{LabelFolder.ClassMaps}/{photograph.Stem}.png"), Classes(labels.Semantic, drawn, job.Losses));
            PalettePng.Write(job.Folder.At($"{LabelFolder.ObjectMaps}/{photograph.Stem}.png"), objects);
            AtomicFile.Write(job.Folder.At($"Annotations/{photograph.Stem}.xml"), stream => WriteAnnotation(stream, photograph, drawn, job.Classes));
        }
        AtomicFile.WriteText(job.Folder.At($"ImageSets/Segmentation/{job.Split}.txt"), string.Concat(job.Photographs.Select(photograph => photograph.Stem + "\n")));
    }

    public LabelSet Read(string path, ConversionSource source)
    {
        string split = source.Split ?? DataSets.DefaultSplit(path, VocDataSet.Splits(path));
        string list = VocDataSet.FindSplit(path, split, new VocOptions());
        IReadOnlyList<string> classes = VocLabelMap.Read(path);
        return new LabelSet(classes, [.. VocDataSet.ReadNames(list).Select(name => new LabelledFile(name + ".jpg", () =>
        {
            bool hasObjects = File.Exists(Path.Combine(path, LabelFolder.ObjectMaps, name + ".png"));
            ImageLabels labels = VocGroundTruth.ReadMaps(path, name, hasObjects, classes);
            (int height, int width) = source.SizeOf(name + ".jpg", labels.Semantic.Height, labels.Semantic.Width, $"{path} photograph '{name}'");
            return new FoundLabels(height, width, labels.Instances) { Semantic = labels.Semantic };
        }))]);
    }

    /// <summary>The instances as the object map shows them, in its order.</summary>
    private static InstanceLabel[] Drawn(ImageLabels labels, LabelMap objects, LossTally losses)
    {
        // The surest have numbers, in the order of the instances, as InstanceMaps gives them.
        InstanceLabel[] numbered = labels.Instances.Count <= InstanceMaps.MaximumObjects
            ? [.. labels.Instances]
            : [.. Enumerable.Range(0, labels.Instances.Count).OrderByDescending(i => labels.Instances[i].Score).Take(InstanceMaps.MaximumObjects).Order().Select(i => labels.Instances[i])];
        for (int i = numbered.Length; i < labels.Instances.Count; i++)
            losses.Count($"instances beyond the {InstanceMaps.MaximumObjects} surest of their photographs: left out");
        var drawn = new List<InstanceLabel>();
        foreach ((int number, RunLengthMask seen) in ByNumber(objects))
        {
            InstanceLabel whole = numbered[number - 1];
            if (seen.Area < whole.Mask.Area)
                losses.Count("instances partly under others: what is covered is lost");
            drawn.Add(whole with { Mask = seen, Box = seen.ComputeBox() });
        }
        for (int i = drawn.Count; i < numbered.Length; i++)
            losses.Count("instances wholly under others: left out");
        return [.. drawn];
    }

    private static IEnumerable<(int Number, RunLengthMask Mask)> ByNumber(LabelMap objects)
    {
        var builders = new RunLengthBuilder?[InstanceMaps.MaximumObjects + 1];
        var ends = new long[builders.Length];
        for (int x = 0, position = 0; x < objects.Width; x++)
            for (int y = 0; y < objects.Height; y++, position++)
            {
                int number = objects.Labels[y * objects.Width + x];
                if (number == 0)
                    continue;
                RunLengthBuilder runs = builders[number] ??= new RunLengthBuilder();
                runs.Add(false, (uint)(position - ends[number]));
                runs.Add(true, 1);
                ends[number] = position + 1;
            }
        for (int number = 1; number < builders.Length; number++)
            if (builders[number] is { } runs)
            {
                runs.Add(false, (uint)(objects.Labels.Length - ends[number]));
                yield return (number, new RunLengthMask(objects.Height, objects.Width, runs.ToCounts()));
            }
    }

    /// <summary>The semantic map, in which instances have their own class, as VOC's two maps agree.</summary>
    private static LabelMap Classes(LabelMap semantic, InstanceLabel[] instances, LossTally losses)
    {
        var classes = new LabelMap(semantic.Height, semantic.Width, [.. semantic.Labels]);
        foreach (InstanceLabel instance in instances)
            instance.Mask.Paint(classes.Labels, (byte)(instance.ClassIndex + 1));
        if (!classes.Labels.AsSpan().SequenceEqual(semantic.Labels))
            losses.Count("photographs whose semantic maps contradict their instances: the instances' classes are drawn over the maps");
        return classes;
    }

    private static void WriteAnnotation(Stream stream, ExportedPhotograph photograph, InstanceLabel[] instances, IReadOnlyList<string> classes)
    {
        using var xml = XmlWriter.Create(stream, Indented);
        xml.WriteStartElement("annotation");
        xml.WriteElementString("folder", "JPEGImages");
        xml.WriteElementString("filename", photograph.Stem + ".jpg");
        xml.WriteStartElement("size");
        WriteNumbers(xml, ("width", photograph.Width), ("height", photograph.Height), ("depth", 3));
        xml.WriteEndElement();
        WriteNumbers(xml, ("segmented", 1));
        foreach (InstanceLabel instance in instances)
        {
            (int x0, int y0, int x1, int y1) = instance.Mask.Bounds();
            xml.WriteStartElement("object");
            xml.WriteElementString("name", classes[instance.ClassIndex]);
            xml.WriteElementString("pose", "Unspecified");
            WriteNumbers(xml, ("truncated", 0), ("difficult", 0));
            xml.WriteStartElement("bndbox");
            // VOC counts pixels from 1 and includes the last.
            WriteNumbers(xml, ("xmin", x0 + 1), ("ymin", y0 + 1), ("xmax", x1), ("ymax", y1));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteNumbers(XmlWriter xml, params (string Name, int Value)[] elements)
    {
        foreach ((string name, int value) in elements)
            xml.WriteElementString(name, value.ToString(CultureInfo.InvariantCulture));
    }
}
