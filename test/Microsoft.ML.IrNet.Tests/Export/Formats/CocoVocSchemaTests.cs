using System.Text.Json;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using SkiaSharp;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>What COCO's and VOC's own tools expect.</summary>
public class CocoVocSchemaTests
{
    [Fact]
    public void Coco_has_ids_areas_boxes_and_columns_of_runs() => Prop.ForAll(DrawnSet.Overlapping, set =>
    {
        using var folder = new ExchangeFixture();
        folder.Write(set);
        folder.Export(LabelFormat.Coco);
        JsonElement file = JsonFile.Read(folder.At("annotations", "instances_train.json"));
        Assert.Equal(set.Classes, file.GetProperty("categories").EnumerateArray().Select((category, i) => category.GetProperty("id").GetInt32() == i + 1 ? category.GetProperty("name").GetString() : "out of order"));
        Assert.Equal(set.Photographs.Select((photograph, i) => (i + 1, photograph.Height, photograph.Width)),
            file.GetProperty("images").EnumerateArray().Select(image => (image.GetProperty("id").GetInt32(), image.GetProperty("height").GetInt32(), image.GetProperty("width").GetInt32())));
        JsonElement[] annotations = [.. file.GetProperty("annotations").EnumerateArray()];
        (InstanceLabel Instance, int Image)[] instances = [.. set.Photographs.SelectMany((photograph, i) => photograph.Instances.Select(instance => (instance, i + 1)))];
        Assert.Equal(Enumerable.Range(1, instances.Length), annotations.Select(annotation => annotation.GetProperty("id").GetInt32()));
        foreach ((JsonElement annotation, (InstanceLabel instance, int image)) in annotations.Zip(instances))
        {
            Assert.Equal((image, instance.ClassIndex + 1, 0, instance.Mask.Area), (annotation.GetProperty("image_id").GetInt32(), annotation.GetProperty("category_id").GetInt32(),
                annotation.GetProperty("iscrowd").GetInt32(), annotation.GetProperty("area").GetInt64()));
            bool[] columns = [.. annotation.GetProperty("segmentation").GetProperty("counts").EnumerateArray().SelectMany((run, i) => Enumerable.Repeat(i % 2 == 1, run.GetInt32()))];
            (int height, int width) = (instance.Mask.Height, instance.Mask.Width);
            Assert.Equal(instance.Mask.ToRowMajor().Select(pixel => pixel != 0), Enumerable.Range(0, height * width).Select(i => columns[i % width * height + i / width]));
            Assert.Equal([instance.Box.X0, instance.Box.Y0, instance.Box.Width, instance.Box.Height], annotation.GetProperty("bbox").EnumerateArray().Select(side => side.GetSingle()));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    [Fact]
    public void Voc_has_lists_boxes_from_one_and_maps_in_its_colours() => Prop.ForAll(DrawnSet.Disjoint, set =>
    {
        DrawnPhotograph photograph = set.Photographs[0] with { File = "one.jpg" };
        using var folder = new ExchangeFixture();
        folder.Write(set with { Photographs = [photograph] });
        folder.Export(LabelFormat.Voc, withImages: true);
        Assert.Equal(["one"], File.ReadAllLines(folder.At("ImageSets", "Segmentation", "train.txt")));
        Assert.True(File.Exists(folder.At("JPEGImages", "one.jpg")));
        XElement annotation = XDocument.Load(folder.At("Annotations", "one.xml")).Root!;
        Assert.Equal(("one.jpg", photograph.Width, photograph.Height), (annotation.Element("filename")!.Value, (int)annotation.Element("size")!.Element("width")!, (int)annotation.Element("size")!.Element("height")!));
        Assert.Equal(
            photograph.Instances.Select(instance => (set.Classes[instance.ClassIndex], (int)instance.Box.X0 + 1, (int)instance.Box.Y0 + 1, (int)instance.Box.X1, (int)instance.Box.Y1)),
            annotation.Elements("object").Select(found => (found.Element("name")!.Value, Side(found, "xmin"), Side(found, "ymin"), Side(found, "xmax"), Side(found, "ymax"))));
        using SKBitmap classes = SKBitmap.Decode(folder.At("SegmentationClass", "one.png")), objects = SKBitmap.Decode(folder.At("SegmentationObject", "one.png"));
        var expected = new (int Class, int Object)[photograph.Height * photograph.Width];
        for (int number = 0; number < photograph.Instances.Length; number++)
            foreach ((byte pixel, int i) in photograph.Instances[number].Mask.ToRowMajor().Select((pixel, i) => (pixel, i)))
                if (pixel != 0)
                    expected[i] = (photograph.Instances[number].ClassIndex + 1, number + 1);
        for (int i = 0; i < expected.Length; i++)
            Assert.Equal((Colour(expected[i].Class), Colour(expected[i].Object)), (classes.GetPixel(i % photograph.Width, i / photograph.Width), objects.GetPixel(i % photograph.Width, i / photograph.Width)));
        Assert.Equal(["# label:color_rgb:parts:actions", "background:0,0,0::", "cat:128,0,0::"], File.ReadAllLines(folder.At("labelmap.txt")).Take(3));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(8));

    private static int Side(XElement found, string name) => (int)found.Element("bndbox")!.Element(name)!;

    private static SKColor Colour(int index) => new(PalettePng.VocPalette[3 * index], PalettePng.VocPalette[3 * index + 1], PalettePng.VocPalette[3 * index + 2]);
}
