using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Data;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>VOC's folders: the list of photographs, their annotations, their maps.</summary>
internal sealed class VocFuzz : FolderFuzz
{
    private const string List = "ImageSets/Segmentation/train.txt", Annotation = "Annotations/a.xml", Maps = "SegmentationClass/a.png", Objects = "SegmentationObject/a.png";

    public VocFuzz()
    {
        VocFolder.AddPhotograph(Folder, "a", 6, 8, "cat", "dog");
        VocFolder.AddPhotograph(Folder, "b", 6, 8, "person");
        Folder.Write(Annotation, """
            <?xml version="1.0" encoding="utf-8"?>
            <annotation><folder>VOC</folder><size><width>8</width></size><object a="b"><name>cat</name><part><name>head</name></part></object><object><name> dog </name></object></annotation>
            """);
        byte[] semantic = [.. Enumerable.Range(0, 48).Select(i => (byte)(i < 10 ? 8 : i < 20 ? 255 : i < 30 ? 12 : 0))];
        byte[] objects = [.. Enumerable.Range(0, 48).Select(i => (byte)(i < 12 ? 1 : i is >= 20 and < 30 ? 2 : 0))];
        VocFolder.AddMaps(Folder, "a", new LabelMap(6, 8, semantic), new LabelMap(6, 8, objects));
        Folder.Write(List, "a\nb  1\n\n");
        Seeds = [.. new[] { List, Annotation, Annotation, Maps, Objects }.Select(file => new FuzzInput(file, BytesOf(file)))];
    }

    public override IReadOnlyList<FuzzInput> Seeds { get; }

    public override byte[] Mutate(Random random, FuzzInput seed) => seed.Kind is Maps or Objects
        ? PngMutator.Mutate(random, seed.Bytes, seed.Bytes)
        : TextMutator.Mutate(random, seed.Bytes, seed.Bytes);

    protected override void ReadFolder(string file)
    {
        if (file == Annotation)
            VocAnnotation.ReadTags(Folder.At(Annotation), VocDataSet.Classes);
        else if (file == List)
            foreach (Photograph photograph in VocDataSet.Load(Folder.Root, "train").Photographs)
                Assert.StartsWith(Folder.Root, Path.GetFullPath(photograph.Path), StringComparison.Ordinal);
        else
            foreach (InstanceLabel instance in VocGroundTruth.Read(Folder.Root, "a", Folder.At("JPEGImages", "a.jpg"), hasObjects: true, VocDataSet.Classes).Instances)
                instance.Mask.ToRowMajor();
    }

    // A line of two bytes of the list has an annotation read, for which the XML reader takes buffers of its own. An object map takes a table of 256 x 256 votes, and maps are bounded as all PNGs.
    public override long AllocationBound(int length) => (1 << 19) + Math.Max(1L << 14, 1032 * 9) * (length + 1);
}
