using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Reads a file of CVAT for images, one photograph in memory at a time but for the masks, which are kept as run lengths.</summary>
internal sealed class CvatReader
{
    private readonly string _path;
    private readonly ConversionSource _source;
    private readonly List<string> _labels = [];
    private readonly List<(string File, int Height, int Width, List<DrawnShape> Shapes)> _images = [];

    private CvatReader(string path, ConversionSource source) => (_path, _source) = (path, source);

    /// <exception cref="DataSetException">The file is missing or no XML, is of a video, or a shape of it cannot be drawn.</exception>
    public static LabelSet Read(string path, ConversionSource source)
    {
        var reader = new CvatReader(path, source);
        DataSetXml.Read(path, "CVAT's annotations.xml", reader.ReadElements);
        string[] labels = reader._labels.Count > 0
            ? [.. reader._labels.Distinct()]
            : [.. reader._images.SelectMany(image => image.Shapes).Select(shape => shape.Label).Distinct().Order(StringComparer.Ordinal)];
        return new LabelSet(labels, [.. reader._images.Select(image => new LabelledFile(image.File, () =>
            new FoundLabels(image.Height, image.Width, DrawnShape.Join(image.Shapes, label => ClassNames.Require(labels, label, path)))))]);
    }

    private int ReadElements(XmlReader xml)
    {
        while (!xml.EOF)
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName is "label" or "image" or "track")
            {
                if (xml.LocalName == "track")
                    throw new DataSetException(_path, "has tracks, which are of a video; export it from CVAT as 'CVAT for images 1.1'.");
                var element = (XElement)XNode.ReadFrom(xml);
                if (element.Name.LocalName == "image")
                    AddImage(element);
                else if (element.Element("name")?.Value is { Length: > 0 } name)
                    _labels.Add(name);
            }
            else
                xml.Read();
        return _images.Count;
    }

    private void AddImage(XElement image)
    {
        string name = RelativePath.Require(Text(image, "name", _path), _path), subject = $"{_path} image '{name}'";
        (int height, int width) = _source.SizeOf(name, Whole(image, "height", subject), Whole(image, "width", subject), subject);
        var shapes = new List<DrawnShape>();
        foreach (XElement shape in image.Elements())
            try
            {
                if (Draw(shape, height, width, subject) is { } mask)
                    shapes.Add(new DrawnShape(Text(shape, "label", subject), Group(shape, subject), mask, ScoreOf(shape, subject)));
                else
                    _source.Losses.Count("shapes that are no areas, such as points and tags: left out");
            }
            catch (DataSetException error) when (error.Subject != subject)
            {
                throw new DataSetException(subject, $"has a {shape.Name.LocalName} that cannot be drawn ({error.Message})", error);
            }
        _images.Add((name, height, width, shapes));
    }

    private static RunLengthMask? Draw(XElement shape, int height, int width, string subject)
    {
        return shape.Name.LocalName switch
        {
            "mask" => Unpack(shape, height, width, subject),
            "polygon" => Fill(Points(Text(shape, "points", subject), subject)),
            "box" => Fill(ShapeOutline.Rectangle(Number("xtl"), Number("ytl"), Number("xbr"), Number("ybr"))),
            "ellipse" => Fill(ShapeOutline.Ellipse(Number("cx"), Number("cy"), Number("rx"), Number("ry"))),
            _ => null,
        };

        double Number(string name) => Parse(Text(shape, name, subject), subject);

        RunLengthMask Fill(double[] polygon) => shape.Attribute("rotation") is { Value: not ("" or "0" or "0.0" or "0.00") }
            ? throw new DataSetException(subject, $"has a turned {shape.Name.LocalName}, which is not supported; make a polygon of it.")
            : RunLengthMask.FromPolygons(height, width, [polygon]);
    }

    private static RunLengthMask Unpack(XElement shape, int height, int width, string subject)
    {
        (int left, int top) = (Whole(shape, "left", subject), Whole(shape, "top", subject));
        (int boxHeight, int boxWidth) = (Whole(shape, "height", subject), Whole(shape, "width", subject));
        MaskCrop.RequireWithin(left, top, boxHeight, boxWidth, height, width);
        uint[] counts = [.. Text(shape, "rle", subject).Split(',').Select(count => uint.TryParse(count, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out uint run)
            ? run
            : throw new DataSetException("rle", $"'{count}' is no length of a run; expected whole numbers separated by commas."))];
        var pixels = new byte[boxHeight * boxWidth];
        // Row by row here is column by column of the transposed box: runs are checked as those of any mask.
        int position = 0;
        foreach ((uint count, bool inside) in RunLengthMask.FromCounts(boxWidth, boxHeight, counts).Counts.Select((count, i) => (count, i % 2 == 1)))
        {
            if (inside)
                pixels.AsSpan(position, (int)count).Fill(1);
            position += (int)count;
        }
        return new MaskCrop(left, top, boxHeight, boxWidth, pixels).ToMask(height, width);
    }

    private static double[] Points(string text, string subject) => [.. text.Split(';').SelectMany(point => point.Split(',') is [var x, var y]
        ? new[] { Parse(x, subject), Parse(y, subject) }
        : throw new DataSetException(subject, $"has the point '{point}'; expected x,y."))];

    private static long? Group(XElement shape, string subject) => shape.Attribute("group_id") is null ? null : Whole(shape, "group_id", subject) is var group and not 0 ? group : null;

    private static float ScoreOf(XElement shape, string subject) =>
        shape.Elements("attribute").FirstOrDefault(attribute => attribute.Attribute("name")?.Value == CvatFormat.Score)?.Value is { } text && text.Trim().Length > 0 ? (float)Parse(text, subject) : 1;

    private static string Text(XElement element, string name, string subject) =>
        element.Attribute(name)?.Value ?? throw new DataSetException(subject, $"has a {element.Name.LocalName} without '{name}'; expected CVAT for images 1.1.");

    private static int Whole(XElement element, string name, string subject) => int.TryParse(Text(element, name, subject), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw new DataSetException(subject, $"has a {element.Name.LocalName} whose {name} is '{element.Attribute(name)!.Value}'; expected a whole number.");

    private static double Parse(string text, string subject) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        ? value
        : throw new DataSetException(subject, $"has the number '{text}', which is none.");
}
