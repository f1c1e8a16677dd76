using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>COCO's annotation files, results files, and label folders, whose list has its form.</summary>
internal sealed class CocoFuzz : FolderFuzz
{
    private const string Annotations = "instances.json", Results = "results.json", Labels = "labels/annotations.json", Photographs = "images";

    private static readonly string[] Classes = ["cat", "dog"];

    public CocoFuzz()
    {
        PngFile.Write(Folder.At(Photographs, "a.png"), Pictures.Gradient(4, 6));
        PngFile.Write(Folder.At(Photographs, "b.png"), Pictures.Gradient(5, 4));
        Folder.Write(Annotations, """
            {"info": {}, "images": [{"id": 5, "file_name": "a.png", "height": 4, "width": 6}, {"id": 6, "file_name": "b.png"}],
            "annotations": [
            {"id": 1, "image_id": 5, "category_id": 9, "iscrowd": 0, "area": 16, "bbox": [0, 0, 4, 4], "segmentation": [[0, 0, 4, 0, 4, 4, 0, 4]]},
            {"id": 2, "image_id": 5, "category_id": 3, "iscrowd": 0, "segmentation": {"counts": [0, 2, 22], "size": [4, 6]}},
            {"id": 3, "image_id": 6, "category_id": 3, "iscrowd": 1, "segmentation": {"counts": "d04", "size": [5, 4]}}, null],
            "categories": [{"id": 9, "name": "dog"}, {"id": 3, "name": "cat"}]}
            """);
        Folder.Write(Results, """
            [{"image_id": 5, "category_id": 9, "segmentation": {"counts": [0, 2, 22], "size": [4, 6]}, "score": 0.5},
            {"image_id": 6, "category_id": 3, "bbox": [1, 1, 2.5, 3], "score": 0.25}]
            """);
        using (var writer = new LabelFolderWriter(Folder.At("labels"), Classes))
        {
            Add(writer, "a", 4, 6);
            Add(writer, "b", 5, 4);
            writer.Complete();
        }
        File.Delete(Folder.At("labels", LabelFolder.ClassMaps, "b.png"));
        Seeds = [.. new[] { Annotations, Results, Labels, Annotations }.Select(file => new FuzzInput(file, BytesOf(file)))];
    }

    public override IReadOnlyList<FuzzInput> Seeds { get; }

    public override byte[] Mutate(Random random, FuzzInput seed) => TextMutator.Mutate(random, seed.Bytes, Other(random, seed));

    protected override void ReadFolder(string file)
    {
        PhotographSet set = CocoDataSet.Load(Folder.At(Annotations), Folder.At(Photographs));
        if (file == Annotations)
            foreach (Photograph photograph in set.Photographs)
                Read(() => photograph.ReadGroundTruth?.Invoke());
        else
        {
            var labels = new FolderLabels(file == Results ? Folder.At(Results) : Folder.At("labels"), set);
            foreach (Photograph photograph in labels.Photographs.Photographs)
                Read(() => labels.Read(photograph));
        }
    }

    // A short list of photographs or objects takes some 30 bytes an entry in JSON and some 300 in memory; the serialiser's own buffers, of 16 KiB and more, are the larger part. Masks are as
    // large as the photographs, whatever the file states.
    public override long AllocationBound(int length) => (1 << 19) + 64L * length;

    // One photograph that is refused does not keep the next from being read.
    private static void Read(Func<ImageLabels?> read)
    {
        try
        {
            foreach (InstanceLabel instance in read()?.Instances ?? [])
                instance.Mask.ToRowMajor();
        }
        catch (IrNetException)
        {
        }
    }

    private static void Add(LabelFolderWriter writer, string name, int height, int width)
    {
        var map = new byte[height * width];
        map[1] = map[2] = 1;
        InstanceLabel cat = MaskGenerators.Instance(0, 0.5f, RunLengthMask.FromRowMajor(height, width, map));
        writer.Add(name, name + ".png", height, width, new ImageLabels([cat], new LabelMap(height, width, map)));
    }
}
