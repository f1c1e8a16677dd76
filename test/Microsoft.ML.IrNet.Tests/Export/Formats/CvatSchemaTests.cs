using System.Globalization;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>What CVAT documents of "CVAT for images 1.1".</summary>
public class CvatSchemaTests
{
    [Fact]
    public void Masks_are_rows_of_runs_of_their_boxes() => Prop.ForAll(DrawnSet.Overlapping, set =>
    {
        using var folder = new ExchangeFixture();
        folder.Write(set);
        folder.Export(LabelFormat.Cvat);
        XElement annotations = XDocument.Load(folder.At("annotations.xml")).Root!;
        Assert.Equal(("annotations", "1.1"), (annotations.Name.LocalName, annotations.Element("version")!.Value));
        Assert.Equal(set.Classes, annotations.Element("meta")!.Element("task")!.Element("labels")!.Elements("label").Select(label => label.Element("name")!.Value));
        XElement[] images = [.. annotations.Elements("image")];
        Assert.Equal(Enumerable.Range(0, set.Photographs.Length), images.Select(image => (int)image.Attribute("id")!));
        foreach ((XElement image, DrawnPhotograph photograph) in images.Zip(set.Photographs))
        {
            Assert.EndsWith(Path.GetFileName(photograph.File), image.Attribute("name")!.Value, StringComparison.Ordinal);
            Assert.Equal((photograph.Height, photograph.Width), ((int)image.Attribute("height")!, (int)image.Attribute("width")!));
            Assert.Equal(photograph.Instances.Length, image.Elements("mask").Count());
            foreach ((XElement mask, InstanceLabel instance) in image.Elements("mask").Zip(photograph.Instances))
                AssertMask(mask, instance, set.Classes);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void Shapes_drawn_in_the_tool_are_read()
    {
        using var folder = new ExchangeFixture();
        Directory.CreateDirectory(folder.Exported);
        File.WriteAllText(folder.At("annotations.xml"), """
            <?xml version="1.0" encoding="utf-8"?>
            <annotations><version>1.1</version><meta><task><labels><label><name>dog</name><attributes/></label><label><name>cat</name></label></labels></task></meta>
              <image id="0" name="sub/one.jpg" width="8" height="6">
                <polygon label="cat" source="manual" occluded="0" points="0.00,0.00;2.00,0.00;2.00,2.00;0.00,2.00" z_order="0" group_id="3"/>
                <polygon label="cat" source="manual" occluded="0" points="0.00,4.00;4.00,4.00;4.00,6.00;0.00,6.00" z_order="0" group_id="3"></polygon>
                <box label="dog" source="manual" occluded="0" xtl="6.00" ytl="1.00" xbr="9.50" ybr="3.00" z_order="0"><attribute name="score">0.25</attribute></box>
                <ellipse label="dog" source="manual" occluded="0" cx="4.00" cy="2.00" rx="1.00" ry="1.00" z_order="0"/>
                <mask label="cat" source="manual" occluded="0" rle="1, 2, 1" left="7" top="2" width="1" height="4" z_order="0"/>
                <polyline label="cat" source="manual" occluded="0" points="0.00,0.00;2.00,0.00" z_order="0"/><tag label="dog" source="manual"/>
              </image>
              <image id="1" name="two.jpg" width="3" height="2"></image>
            </annotations>
            """);
        LabelExchangeReport report = folder.Convert(LabelFormat.Cvat);
        Assert.Equal("2 shapes that are no areas, such as points and tags: left out", Assert.Single(report.Losses));
        LabelFolder read = LabelFolder.Read(folder.Converted);
        Assert.Equal(["dog", "cat"], read.Classes);
        Assert.Equal([(1, 12L, 1f), (0, 4L, 0.25f), (0, 4L, 1f), (1, 2L, 1f)], read.Photographs["one"]().Instances.Select(instance => (instance.ClassIndex, instance.Mask.Area, instance.Score)));
        Assert.Empty(read.Photographs["two"]().Instances);
    }

    private static void AssertMask(XElement mask, InstanceLabel instance, string[] classes)
    {
        Assert.Equal(classes[instance.ClassIndex], mask.Attribute("label")!.Value);
        Assert.Equal(["label", "source", "occluded", "rle", "left", "top", "width", "height", "z_order"], mask.Attributes().Select(attribute => attribute.Name.LocalName));
        (int left, int top) = ((int)mask.Attribute("left")!, (int)mask.Attribute("top")!);
        (int width, int height) = ((int)mask.Attribute("width")!, (int)mask.Attribute("height")!);
        int[] runs = [.. mask.Attribute("rle")!.Value.Split(',').Select(run => int.Parse(run, CultureInfo.InvariantCulture))];
        bool[] box = [.. runs.SelectMany((run, i) => Enumerable.Repeat(i % 2 == 1, run))];
        Assert.Equal(width * height, box.Length);
        byte[] pixels = new byte[instance.Mask.Height * instance.Mask.Width];
        for (int i = 0; i < box.Length; i++)
            pixels[(top + i / width) * instance.Mask.Width + left + i % width] = (byte)(box[i] ? 1 : 0);
        Assert.Equal(instance.Mask.ToRowMajor(), pixels);
        Assert.Equal(instance.Score, mask.Elements("attribute").SingleOrDefault(attribute => (string?)attribute.Attribute("name") == "score") is { } score
            ? float.Parse(score.Value, CultureInfo.InvariantCulture) : 1);
    }
}
