using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Export.Formats;

/// <summary>Labels from elsewhere that are damaged or lie.</summary>
public sealed class BrokenLabelTests : IDisposable
{
    private readonly ExchangeFixture _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("7 0 0 1 0 1 1", "class from 0 to 3")]
    [InlineData("-1 0 0 1 0 1 1", "class from 0 to 3")]
    [InlineData("0.5 0 0 1 0 1 1", "class from 0 to 3")]
    [InlineData("0 0.5 0.5 1 1", "at least three corners")]
    [InlineData("0 0 0 1 0 1 1 1", "at least three corners")]
    [InlineData("0 0 0 1 0 NaN 1", "'NaN'")]
    [InlineData("0 0 0 1 0 -0.5 1", "'-0.5'")]
    [InlineData("0 0 0 1 0 1 117", "'117'")]
    [InlineData("0 0 0 1 0 1 x", "'x'")]
    public void A_line_that_is_no_polygon_is_named(string line, string problem)
    {
        Export(LabelFormat.Yolo);
        AssertNames(LabelFormat.Yolo, problem, _folder.At("labels", "train", "one.txt"), "\n" + line, "one.txt row 2");
    }

    [Theory]
    [InlineData("names: [cat, [dog]]")]
    [InlineData("names: {0: cat, 2: dog}")]
    [InlineData("names: {x: cat}")]
    [InlineData("names: &a [*a]")]
    [InlineData("train: images/train")]
    [InlineData("names: [cat")]
    [InlineData("")]
    public void A_data_file_without_classes_is_named(string yaml)
    {
        Export(LabelFormat.Yolo);
        AssertNames(LabelFormat.Yolo, "names", _folder.At("data.yaml"), yaml, "data.yaml");
    }

    [Fact]
    public void Yolo_labels_without_their_photographs_are_refused()
    {
        Export(LabelFormat.Yolo);
        File.WriteAllText(_folder.At("labels", "train", "stray.txt"), "");
        Assert.Contains("stray.txt", Assert.Throws<DataSetException>(() => _folder.Convert(LabelFormat.Yolo)).Message, StringComparison.Ordinal);
        Directory.Delete(_folder.At("images"), recursive: true);
        Assert.Contains("--images", Assert.Throws<DataSetException>(() => _folder.Convert(LabelFormat.Yolo)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"shapes": [""")]
    [InlineData("""[]""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [null]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0, 0]]}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0], [1, 1]], "shape_type": "polygon"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0], [1e99, 1], [1, 1]], "shape_type": "polygon"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0], [1, NaN], [1, 1]], "shape_type": "polygon"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "unicorn", "points": [[0, 0], [1, 0], [1, 1]], "shape_type": "polygon"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0]], "shape_type": "mask", "mask": ""}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0], [0, 0]], "shape_type": "mask"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0], [0, 0]], "shape_type": "mask", "mask": "%%%"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[3, 3], [9, 9]], "shape_type": "mask", "mask": "AAAA"}]}""")]
    [InlineData("""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[-1e18, 0], [1e18, 0]], "shape_type": "mask", "mask": "AAAA"}]}""")]
    [InlineData("""{"imageHeight": 0, "imageWidth": 5, "shapes": []}""")]
    [InlineData("""{"imageHeight": 2147483647, "imageWidth": 2147483647, "shapes": []}""")]
    [InlineData("""{"shapes": []}""")]
    public void A_labelme_file_that_is_damaged_is_named(string json)
    {
        Export(LabelFormat.LabelMe);
        File.WriteAllText(_folder.At("one.json"), json);
        Assert.Contains("one.json", Assert.ThrowsAny<IrNetException>(() => _folder.Convert(LabelFormat.LabelMe)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_png_that_declares_more_than_its_box_is_refused_before_memory_is_taken()
    {
        using var png = new MemoryStream();
        PalettePng.WriteGrey(png, new(4000, 4000, new byte[4000 * 4000]));
        string base64 = Convert.ToBase64String(png.ToArray());
        Export(LabelFormat.LabelMe);
        File.WriteAllText(_folder.At("one.json"), $$"""{"imageHeight": 4, "imageWidth": 5, "shapes": [{"label": "cat", "points": [[0, 0], [1, 1]], "shape_type": "mask", "mask": "{{base64}}"}]}""");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("4000 x 4000", Assert.Throws<ImageFileException>(() => _folder.Convert(LabelFormat.LabelMe)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Theory]
    [InlineData("""<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><annotations>&b;</annotations>""", "XML")]
    [InlineData("""<annotations><image""", "XML")]
    [InlineData("""<annotations><track id="0"/></annotations>""", "video")]
    [InlineData("""<annotations><image name="../one.jpg" width="5" height="4"/></annotations>""", "'../one.jpg'")]
    [InlineData("""<annotations><image name="/etc/one.jpg" width="5" height="4"/></annotations>""", "'/etc/one.jpg'")]
    [InlineData("""<annotations><image name="one.jpg" width="5"/></annotations>""", "'height'")]
    [InlineData("""<annotations><image name="one.jpg" width="-5" height="4"/></annotations>""", "4 x -5")]
    [InlineData("""<annotations><image name="one.jpg" width="2147483647" height="2147483647"/></annotations>""", "2147483647")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"/></annotations>""", "no class")]
    [InlineData("""<annotations><label><name>cat</name></label></annotations>""", "no photograph")]
    [InlineData("""<annotations><label><name>cat</name></label><image name="one.jpg" width="5" height="4"/><image name="one.jpg" width="5" height="4"/></annotations>""", "twice")]
    [InlineData("""<annotations><label><name>cat</name></label><image name="one.jpg" width="5" height="4"><box label="dog" xtl="0" ytl="0" xbr="1" ybr="1"/></image></annotations>""", "'dog'")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><box label="dog" xtl="0" ytl="0" xbr="1" ybr="1" rotation="30.5"/></image></annotations>""", "turned")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><polygon label="dog" points="0,0;1,0"/></image></annotations>""", "three points")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><polygon label="dog" points="0,0;1,NaN;1,1"/></image></annotations>""", "NaN")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><mask label="dog" rle="0, 4294967295" left="0" top="0" width="5" height="4"/></image></annotations>""", "4294967295")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><mask label="dog" rle="0, 99999999999" left="0" top="0" width="5" height="4"/></image></annotations>""", "99999999999")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><mask label="dog" rle="0, 1" left="4" top="0" width="2" height="1"/></image></annotations>""", "within")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><mask label="dog" rle="0, 1" left="0" top="0" width="2147483647" height="2147483647"/></image></annotations>""", "within")]
    [InlineData("""<annotations><image name="one.jpg" width="5" height="4"><box label="dog" xtl="0" ytl="0" xbr="1" ybr="1"><attribute name="score">1e999</attribute></box></image></annotations>""", "score")]
    public void A_cvat_file_that_is_damaged_is_named(string xml, string problem)
    {
        Export(LabelFormat.Cvat);
        AssertNames(LabelFormat.Cvat, problem, _folder.At("annotations.xml"), xml, "exported");
    }

    [Theory]
    [InlineData("labelmap.txt", "cat:1,2,3::\n", "background")]
    [InlineData("labelmap.txt", "background:0,0,0::\nnonsense\n", "nonsense")]
    [InlineData("labelmap.txt", "background:0,0,0::\n", "no class")]
    [InlineData("labelmap.txt", "background:0,0,0::\ncat:1,1,1::\ncat:2,2,2::\n", "twice")]
    [InlineData("ImageSets/Segmentation/train.txt", "../../one", "'../../one'")]
    [InlineData("ImageSets/Segmentation/train.txt", "\n", "no photograph")]
    [InlineData("ImageSets/Segmentation/train.txt", "one\none\n", "twice")]
    public void A_devkit_whose_lists_are_damaged_is_named(string file, string text, string problem)
    {
        Export(LabelFormat.Voc);
        AssertNames(LabelFormat.Voc, problem, _folder.At(file), text, "exported");
    }

    [Fact]
    public void Sizes_that_are_not_the_photographs_are_refused()
    {
        foreach (LabelFormat format in Enum.GetValues<LabelFormat>().Except([LabelFormat.Yolo]))
        {
            using var folder = new ExchangeFixture();
            folder.Export(format, 4, 5, MaskGenerators.Instance(0, 1, new RunLengthMask(4, 5, [0, 20])));
            PngFile.Write(Path.Combine(folder.Images, "one.jpg"), Pictures.Gradient(5, 4));
            Assert.Contains("(height x width)", Assert.Throws<DataSetException>(() => folder.Convert(format, withImages: true)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Classes_that_a_list_cannot_hold_are_refused()
    {
        foreach ((LabelFormat format, string odd) in new[] { (LabelFormat.Voc, "a:b"), (LabelFormat.Voc, "a#b"), (LabelFormat.LabelMe, " cat"), (LabelFormat.Yolo, "a\nb"), (LabelFormat.Coco, "") })
        {
            using var folder = new ExchangeFixture();
            folder.Write(new DrawnSet([odd], [new DrawnPhotograph("one.jpg", 2, 2, [])]));
            Assert.Throws<DataSetException>(() => folder.Export(format));
        }
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("")]
    public void A_split_that_is_no_name_is_refused(string split)
    {
        Export(LabelFormat.Coco);
        Assert.Throws<OptionException>(() => LabelExport.Execute(_folder.Labels, LabelFormat.Coco, _folder.Exported, new() { Split = split }));
    }

    [SkippableTheory]
    [InlineData(LabelFormat.Coco, "annotations")]
    [InlineData(LabelFormat.Voc, "SegmentationClass")]
    [InlineData(LabelFormat.Yolo, "labels/train")]
    [InlineData(LabelFormat.LabelMe, "sub")]
    public void Nothing_is_written_through_a_link(LabelFormat format, string link)
    {
        Skip.If(OperatingSystem.IsWindows(), "Links need a privilege there.");
        _folder.Write(new DrawnSet(DrawnSet.PlainClasses, [new DrawnPhotograph("sub/one.jpg", 2, 2, []), new DrawnPhotograph("one.jpg", 2, 2, [])]));
        string elsewhere = Directory.CreateDirectory(_folder.Converted).FullName;
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(link))!);
        Directory.CreateSymbolicLink(_folder.At(link), elsewhere);
        Assert.Contains("link", Assert.Throws<OutputException>(() => _folder.Export(format)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(elsewhere));
    }

    [Fact]
    public void A_photograph_that_is_missing_is_named()
    {
        Export(LabelFormat.Coco);
        File.Move(Path.Combine(_folder.Images, "one.jpg"), Path.Combine(_folder.Images, "another.jpg"));
        Assert.Contains("one.jpg", Assert.Throws<DataSetException>(() => LabelExport.Execute(_folder.Labels, LabelFormat.Coco, _folder.Exported, new() { Images = _folder.Images })).Message, StringComparison.Ordinal);
    }

    private void Export(LabelFormat format) => _folder.Export(format, 4, 5, MaskGenerators.Instance(0, 1, new RunLengthMask(4, 5, [0, 20])));

    private void AssertNames(LabelFormat format, string problem, string file, string text, params string[] named)
    {
        File.WriteAllText(file, text);
        string message = Assert.Throws<DataSetException>(() => _folder.Convert(format)).Message;
        Assert.All([problem, .. named], part => Assert.Contains(part, message, StringComparison.Ordinal));
    }
}
