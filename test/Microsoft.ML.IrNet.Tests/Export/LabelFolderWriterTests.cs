using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Export;

public class LabelFolderWriterTests : LabelFolderFixture
{
    [Fact]
    public void Annotations_are_those_of_coco()
    {
        WriteLabels(("a", Sample()), ("b", Sample()));
        JsonNode json = JsonNode.Parse(File.ReadAllText(PathOf("annotations.json")))!;
        Assert.Equal([1, 2], json["images"]!.AsArray().Select(image => (int)image!["id"]!));
        Assert.Equal("a.jpg", (string)json["images"]![0]!["file_name"]!);
        Assert.Equal((4, 5), ((int)json["images"]![0]!["height"]!, (int)json["images"]![0]!["width"]!));
        Assert.Equal([1, 2, 3, 4], json["annotations"]!.AsArray().Select(annotation => (int)annotation!["id"]!));
        Assert.Equal([1, 1, 2, 2], json["annotations"]!.AsArray().Select(annotation => (int)annotation!["image_id"]!));
        JsonNode dog = json["annotations"]![0]!;
        Assert.Equal(2, (int)dog["category_id"]!);
        Assert.Equal(3, (int)dog["area"]!);
        Assert.Equal(0, (int)dog["iscrowd"]!);
        Assert.Equal(0.25, (double)dog["score"]!);
        Assert.Equal([2, 1, 1, 3], dog["bbox"]!.AsArray().Select(side => (double)side!));
        Assert.Equal([4, 5], dog["segmentation"]!["size"]!.AsArray().Select(side => (int)side!));
        Assert.Equal(Sample().Instances[0].Mask.ToCompressedString(), (string)dog["segmentation"]!["counts"]!);
        Assert.Equal([(1, "cat"), (2, "dog"), (3, "person")], json["categories"]!.AsArray().Select(c => ((int)c!["id"]!, (string)c["name"]!)));
    }

    [Fact]
    public void Maps_are_those_of_voc()
    {
        WriteLabels(("2007_000032", Sample()));
        Assert.Equal(Sample().Semantic.Labels, PalettePng.Read(PathOf("SegmentationClass", "2007_000032.png")).Labels);
        byte[] objects = PalettePng.Read(PathOf("SegmentationObject", "2007_000032.png")).Labels;
        Assert.Equal(Sample().Instances[0].Mask.ToRowMajor(), objects.Select(value => (byte)(value == 1 ? 1 : 0)));
        Assert.Equal(Sample().Instances[1].Mask.ToRowMajor(), objects.Select(value => (byte)(value == 2 ? 1 : 0)));
    }

    [Theory]
    [InlineData("../../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("C:\\x\\y")]
    [InlineData("a/b/c")]
    [InlineData(".hidden")]
    [InlineData("nul")]
    [InlineData("name\0with\nodd<>:\"|?*")]
    [InlineData("ends in a dot.")]
    [InlineData("\u732b\u306e\u5199\u771f")]
    [InlineData("\ud800 half a character")]
    public void Any_name_stays_in_the_folder_and_is_read_back(string name)
    {
        WriteLabels((name, Sample()), ("other", Sample()));
        Assert.Equal(2, Directory.GetFiles(PathOf("SegmentationClass")).Length);
        Assert.Equal(5, Directory.GetFiles(Folder, "*", SearchOption.AllDirectories).Length);
        Assert.Equal(2, LabelFolder.Read(Folder).Photographs.Count);
        if (!name.StartsWith('\ud800'))
            Assert.Equal(Sample().Semantic.Labels, LabelFolder.Read(Folder).Photographs[name]().Semantic.Labels);
    }

    [Fact]
    public void Long_names_and_names_that_meet_are_told_apart()
    {
        string[] names = ["a/b", "a_b", "A_B", "a_b_2", new('x', 300), new string('x', 300) + "y", new('\u732b', 300)];
        WriteLabels([.. names.Select((name, i) => (name, Painted((byte)(i % 3))))]);
        LabelFolder read = LabelFolder.Read(Folder);
        Assert.All(names.Select((name, i) => (name, i)), entry => Assert.Equal(entry.i % 3, read.Photographs[entry.name]().Semantic.Labels[0]));
        Assert.Equal(names.Length, Directory.GetFiles(PathOf("SegmentationObject")).Length);
    }

    [Fact]
    public void More_instances_than_an_object_map_holds_are_reported_and_all_annotated()
    {
        InstanceLabel[] instances = [.. Enumerable.Range(0, 300).Select(i =>
        {
            var pixels = new byte[300];
            pixels[i] = 1;
            return MaskGenerators.Instance(0, i / 300f, RunLengthMask.FromRowMajor(15, 20, pixels));
        })];
        using (var writer = new LabelFolderWriter(Folder, Classes))
        {
            writer.Add("crowded", "crowded.jpg", 15, 20, new ImageLabels(instances, InstanceMaps.Semantic(15, 20, instances)));
            writer.Complete();
            Assert.Contains("crowded", Assert.Single(writer.Warnings), StringComparison.Ordinal);
        }
        byte[] objects = PalettePng.Read(PathOf("SegmentationObject", "crowded.png")).Labels;
        Assert.Equal(Enumerable.Range(0, 46), Enumerable.Range(0, 300).Where(i => objects[i] == 0));
        Assert.Equal(300, LabelFolder.Read(Folder).Photographs["crowded"]().Instances.Count);
    }

    [Fact]
    public void An_abandoned_folder_keeps_the_old_annotations_and_no_part_files()
    {
        WriteLabels(("a", Sample()));
        string before = File.ReadAllText(PathOf("annotations.json"));
        using (var writer = new LabelFolderWriter(Folder, Classes))
            writer.Add("b", "b.jpg", 4, 5, Sample());
        Assert.Equal(before, File.ReadAllText(PathOf("annotations.json")));
        Assert.Equal(["annotations.json"], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_without_photographs_is_a_label_folder()
    {
        WriteLabels();
        Assert.Empty(LabelFolder.Read(Folder).Photographs);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_a_typed_error()
    {
        string file = WriteFile("file", "");
        Assert.Throws<OutputException>(() => new LabelFolderWriter(Path.Combine(file, "labels"), Classes));
    }

    [Fact]
    public void Maps_that_cannot_be_written_are_a_typed_error()
    {
        WriteFile("SegmentationClass", "");
        using var writer = new LabelFolderWriter(Folder, Classes);
        Assert.Throws<OutputException>(() => writer.Add("a", "a.jpg", 4, 5, Sample()));
    }

    [Fact]
    public void Annotations_that_cannot_be_written_are_a_typed_error()
    {
        Directory.CreateDirectory(PathOf("annotations.json"));
        using var writer = new LabelFolderWriter(Folder, Classes);
        writer.Add("a", "a.jpg", 4, 5, Sample());
        Assert.Throws<OutputException>(writer.Complete);
        Directory.Delete(PathOf("annotations.json"));
        writer.Complete();
        Assert.Equal(2, LabelFolder.Read(Folder).Photographs["a"]().Instances.Count);
    }

    [Fact]
    public void Labels_that_do_not_fit_are_refused()
    {
        using var writer = new LabelFolderWriter(Folder, Classes);
        ImageLabels labels = Sample();
        Assert.Throws<ArgumentException>(() => writer.Add("a", "a.jpg", 5, 4, labels));
        Assert.Throws<ArgumentException>(() => writer.Add("a", "a.jpg", 4, 5, labels with { Semantic = new LabelMap(4, 5, [.. Enumerable.Repeat((byte)9, 20)]) }));
        Assert.Throws<ArgumentException>(() => writer.Add("a", "a.jpg", 4, 5, labels with { Instances = [labels.Instances[0] with { ClassIndex = 3 }] }));
        Assert.Throws<ArgumentException>(() => writer.Add("a", "a.jpg", 4, 5, labels with { Instances = [labels.Instances[0] with { Score = float.PositiveInfinity }] }));
        Assert.Throws<ArgumentException>(() => writer.Add("a", "a.jpg", 4, 5, labels with { Instances = [labels.Instances[0] with { Mask = new RunLengthMask(5, 4, [20]) }] }));
        writer.Add("a", "a.jpg", 4, 5, labels);
        Assert.Throws<ArgumentException>(() => writer.Add("a", "b.jpg", 4, 5, labels));
        writer.Complete();
        Assert.Throws<InvalidOperationException>(() => writer.Add("b", "b.jpg", 4, 5, labels));
    }

    private static ImageLabels Painted(byte label) => new([], new LabelMap(1, 1, [label]));
}
