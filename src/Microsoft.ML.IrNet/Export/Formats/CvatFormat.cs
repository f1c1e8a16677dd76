using System.Globalization;
using System.Xml;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>
/// CVAT for images 1.1: <c>annotations.xml</c> and <c>images</c>. Instances are masks, which have holes and parts: row-major run lengths of what their boxes enclose, zeros first. Scores are an
/// attribute of that name.
/// </summary>
internal sealed class CvatFormat : ILabelFormat
{
    /// <summary>The attribute of a shape that says how sure the labeller is.</summary>
    public const string Score = "score";

    private const string FileName = "annotations.xml";

    private static readonly XmlWriterSettings Indented = new() { Indent = true, Encoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false) };

    public LabelContent Carries => LabelContent.Scores;

    public bool HasPlainNames => false;

    public string PhotographPath(string split, string file) => $"images/{file}";

    public void Write(ExportJob job) =>
        AtomicFile.Write(job.Folder.At(FileName), stream =>
        {
            using var xml = XmlWriter.Create(stream, Indented);
            xml.WriteStartElement("annotations");
            xml.WriteElementString("version", "1.1");
            WriteTask(xml, job);
            for (int i = 0; i < job.Photographs.Count; i++)
            {
                ExportedPhotograph photograph = job.Photographs[i];
                xml.WriteStartElement("image");
                WriteAttributes(xml, ("id", i));
                xml.WriteAttributeString("name", photograph.File);
                WriteAttributes(xml, ("width", photograph.Width), ("height", photograph.Height));
                foreach (InstanceLabel instance in photograph.Read().Instances)
                    WriteMask(xml, instance, job.Classes[instance.ClassIndex]);
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        });

    public LabelSet Read(string path, ConversionSource source)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, FileName) : path;
        return CvatReader.Read(file, source);
    }

    private static void WriteTask(XmlWriter xml, ExportJob job)
    {
        xml.WriteStartElement("meta");
        xml.WriteStartElement("task");
        xml.WriteElementString("name", job.Split);
        xml.WriteElementString("size", job.Photographs.Count.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("mode", "annotation");
        xml.WriteElementString("overlap", "0");
        xml.WriteStartElement("labels");
        foreach (string name in job.Classes)
        {
            xml.WriteStartElement("label");
            xml.WriteElementString("name", name);
            xml.WriteElementString("type", "mask");
            xml.WriteStartElement("attributes");
            xml.WriteStartElement("attribute");
            foreach ((string field, string value) in new[] { ("name", Score), ("mutable", "False"), ("input_type", "text"), ("default_value", ""), ("values", "") })
                xml.WriteElementString(field, value);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteMask(XmlWriter xml, InstanceLabel instance, string label)
    {
        MaskCrop crop = MaskCrop.Of(instance.Mask);
        xml.WriteStartElement("mask");
        xml.WriteAttributeString("label", label);
        xml.WriteAttributeString("source", "auto");
        xml.WriteAttributeString("occluded", "0");
        xml.WriteAttributeString("rle", string.Join(", ", Runs(crop.Pixels)));
        WriteAttributes(xml, ("left", crop.Left), ("top", crop.Top), ("width", crop.Width), ("height", crop.Height), ("z_order", 0));
        if (instance.Score != 1)
        {
            xml.WriteStartElement("attribute");
            xml.WriteAttributeString("name", Score);
            xml.WriteString(instance.Score.ToString(CultureInfo.InvariantCulture));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static uint[] Runs(byte[] pixels)
    {
        var runs = new RunLengthBuilder();
        foreach (byte pixel in pixels)
            runs.Add(pixel != 0, 1);
        return runs.ToCounts();
    }

    private static void WriteAttributes(XmlWriter xml, params (string Name, int Value)[] attributes)
    {
        foreach ((string name, int value) in attributes)
            xml.WriteAttributeString(name, value.ToString(CultureInfo.InvariantCulture));
    }
}
