using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Export.Formats;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>What other tools write: YOLO's lines and YAML, LabelMe's JSON, CVAT's XML, the list of classes of a VOC devkit. The photographs are at hand, so that a size that lies is found out.</summary>
internal sealed class ExchangeFuzz : FolderFuzz
{
    private const string Names = "yolo/data.yaml", Lines = "yolo/labels/train/a.txt", LabelMe = "labelme/a.json", Cvat = "cvat/annotations.xml", ClassList = "voc/labelmap.txt";

    private static readonly string[] Classes = ["cat", "a dog"];

    public ExchangeFuzz()
    {
        PngFile.Write(Folder.At("photographs", "a.png"), Pictures.Gradient(6, 8));
        PngFile.Write(Folder.At("photographs", "b.png"), Pictures.Gradient(5, 4));
        using (var writer = new LabelFolderWriter(Folder.At("labels"), Classes))
        {
            Add(writer, "a", 6, 8);
            Add(writer, "b", 5, 4);
            writer.Complete();
        }
        foreach ((LabelFormat format, string folder) in new[] { (LabelFormat.Yolo, "yolo"), (LabelFormat.LabelMe, "labelme"), (LabelFormat.Cvat, "cvat"), (LabelFormat.Voc, "voc") })
            LabelExport.Execute(Folder.At("labels"), format, Folder.At(folder));
        string drawn = Folder.Write("drawn.json", """
            {"version": "5.0.1", "flags": {}, "imagePath": "a.png", "imageData": null, "imageHeight": 6, "imageWidth": 8, "shapes": [
            {"label": "cat", "points": [[0, 0], [2.5, 0], [2, 2]], "group_id": 7, "shape_type": "polygon"}, {"label": "a dog", "points": [[6, 1], [8, 3]], "group_id": 7, "shape_type": "rectangle"},
            {"label": "cat", "points": [[4, 2], [5, 2]], "shape_type": "circle"}, {"label": "cat", "points": [[4, 2]], "shape_type": "point"}]}
            """);
        string shapes = Folder.Write("shapes.xml", """
            <annotations><meta><task><labels><label><name>cat</name></label></labels></task></meta><image id="0" name="a.png" width="8" height="6"><polygon label="cat" points="0,0;2,0;2,2.5" group_id="3"/>
            <box label="cat" xtl="6" ytl="1" xbr="9.5" ybr="3"><attribute name="score">0.25</attribute></box><ellipse label="cat" cx="4" cy="2" rx="1" ry="1"/></image></annotations>
            """);
        Seeds = [.. new[] { Names, Lines, LabelMe, Cvat, ClassList }.Select(file => new FuzzInput(file, BytesOf(file))), new(LabelMe, File.ReadAllBytes(drawn)), new(Cvat, File.ReadAllBytes(shapes))];
    }

    public override IReadOnlyList<FuzzInput> Seeds { get; }

    public override byte[] Mutate(Random random, FuzzInput seed) => TextMutator.Mutate(random, seed.Bytes, Other(random, seed));

    protected override void ReadFolder(string file)
    {
        string folder = file.Split('/')[0];
        LabelFormat format = Enum.Parse<LabelFormat>(folder, ignoreCase: true);
        LabelSet set = LabelConversion.Read(format, Folder.At(folder), new ConversionSource(new PhotographFolder(Folder.At("photographs")), null, new LossTally()));
        foreach (LabelledFile photograph in set.Photographs)
            foreach (InstanceLabel instance in photograph.Read().Instances)
                instance.Mask.ToRowMajor();
    }

    // Readers of JSON, XML and text take buffers of their own, and each photograph is opened for its size. A shape takes some 50 bytes of text; a polygon's mask is as large as the photograph, an
    // ellipse is a polygon of 360 corners.
    public override long AllocationBound(int length) => (1 << 20) + 1024L * length;

    private static void Add(LabelFolderWriter writer, string name, int height, int width)
    {
        var map = new byte[height * width];
        map[1] = map[2] = map[width] = map[width + 2] = map[2 * width + 1] = 1;
        InstanceLabel cat = MaskGenerators.Instance(0, 0.5f, RunLengthMask.FromRowMajor(height, width, map));
        writer.Add(name, name + ".png", height, width, new ImageLabels([cat, cat with { ClassIndex = 1, Score = 1 }], new LabelMap(height, width, map)));
    }
}
