using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

public sealed class VocDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public VocDataSetTests()
    {
        VocFolder.AddPhotograph(_folder, "2007_000001", 2, 4, "person", "cat", "person");
        VocFolder.AddPhotograph(_folder, "2007_000002", 3, 5);
        _folder.Write("ImageSets/Segmentation/train.txt", "2007_000001\n2007_000002\n");
        _folder.Write("ImageSets/Segmentation/val.txt", "2007_000002");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tags_are_the_names_of_all_objects()
    {
        PhotographSet set = VocDataSet.Load(_folder.Root, "train");
        Assert.Equal(20, set.Classes.Count);
        Assert.Equal(["2007_000001", "2007_000002"], set.Photographs.Select(photograph => photograph.Name));
        Assert.Equal([7, 14], set.Photographs[0].Tags);
        Assert.Empty(set.Photographs[1].Tags);
        Assert.False(set.HasGroundTruth);
        var images = new PhotographImages(set);
        Assert.Equal((2, "2007_000002", 5), (images.Count, images.Name(1), images.Load(1).Width));
        Assert.Equal(set.Photographs[0].Tags, images.Tags(0));
    }

    [Fact]
    public void Labelmap_names_the_classes_and_options_overrule_it()
    {
        _folder.Write("labelmap.txt", "# label:color_rgb:parts:actions\nbackground:0,0,0::\nperson:128,0,0::\ncat:0,128,0::\n");
        PhotographSet set = VocDataSet.Load(_folder.Root, "train");
        Assert.Equal(["person", "cat"], set.Classes);
        Assert.Equal([0, 1], set.Photographs[0].Tags);
        Assert.Equal([7, 14], VocDataSet.Load(_folder.Root, "train", new VocOptions { Classes = VocDataSet.Classes }).Photographs[0].Tags);
    }

    [Fact]
    public void Splits_of_one_class_have_a_second_column()
    {
        _folder.Write("ImageSets/Main/cat_train.txt", "2007_000001  1\r\n2007_000002 -1\r\n");
        Assert.Equal(2, VocDataSet.Load(_folder.Root, "cat_train", new VocOptions { ImageSet = "Main" }).Photographs.Count);
    }

    [Fact]
    public void Masks_give_instances_of_the_most_frequent_class_under_them()
    {
        // Object 2 touches void and background, which have no say.
        VocFolder.AddMaps(_folder, "2007_000001",
            new LabelMap(2, 4, [8, 8, 0, 255, 0, 255, 15, 255]), new LabelMap(2, 4, [1, 1, 2, 2, 0, 255, 2, 2]));
        ImageLabels labels = VocDataSet.Load(_folder.Root, "train").Photographs[0].ReadGroundTruth!();
        Assert.Equal(new byte[] { 8, 8, 0, 255, 0, 255, 15, 255 }, labels.Semantic.Labels);
        Assert.Equal([7, 14], labels.Instances.Select(instance => instance.ClassIndex));
        Assert.Equal(new BoundingBox(2, 0, 4, 2), labels.Instances[1].Box);
        Assert.Equal(new byte[] { 0, 0, 1, 1, 0, 0, 1, 1 }, labels.Instances[1].Mask.ToRowMajor());
        Assert.All(labels.Instances, instance => Assert.Equal(1, instance.Score));
    }

    [Fact]
    public void Without_object_maps_there_is_the_semantic_map_alone()
    {
        VocFolder.AddMaps(_folder, "2007_000001", new LabelMap(2, 4, new byte[8]), null);
        ImageLabels labels = VocDataSet.Load(_folder.Root, "train").Photographs[0].ReadGroundTruth!();
        Assert.Empty(labels.Instances);
        Assert.Equal((2, 4), (labels.Semantic.Height, labels.Semantic.Width));
    }

    [Fact]
    public void Maps_that_do_not_fit_are_refused_by_name()
    {
        VocFolder.AddMaps(_folder, "2007_000001", new LabelMap(4, 2, new byte[8]), null);
        TruthRefused("SegmentationClass", "4 x 2");
        VocFolder.AddMaps(_folder, "2007_000001", new LabelMap(2, 4, [21, 0, 0, 0, 0, 0, 0, 0]), null);
        TruthRefused("SegmentationClass", "label 21");
        VocFolder.AddMaps(_folder, "2007_000001", new LabelMap(2, 4, new byte[8]), new LabelMap(2, 4, [0, 9, 0, 0, 0, 0, 0, 0]));
        TruthRefused("SegmentationObject", "object 9");
    }

    [Fact]
    public void An_unknown_split_is_answered_with_those_there_are() =>
        Assert.Contains("train, val", Refused("test").Message, StringComparison.Ordinal);

    [Fact]
    public void Bad_files_are_refused_by_name()
    {
        Assert.Contains("none of them exists", Refused("ghosts", split: "2007_000009", annotation: "<annotation/>").Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Refused("unannotated", split: "2007_000008").Message, StringComparison.Ordinal);
        Assert.Contains("no photograph", Refused("empty", split: "\n\n").Message, StringComparison.Ordinal);
        Assert.Contains("twice", Refused("twice", split: "2007_000001\n2007_000001").Message, StringComparison.Ordinal);
        Assert.Contains("row 2", Refused("escape", split: "2007_000001\n../2007_000001").Subject, StringComparison.Ordinal);
        Assert.Contains("dragon", Refused("unknown", "2007_000007", "<annotation><object><name>dragon</name></object></annotation>").Message, StringComparison.Ordinal);
        Assert.Contains("without a name", Refused("nameless", "2007_000007", "<annotation><object/></annotation>").Message, StringComparison.Ordinal);
        Assert.Contains("XML", Refused("cut", "2007_000007", "<annotation><object>").Message, StringComparison.Ordinal);
        string external = "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><annotation><object><name>&e;</name></object></annotation>";
        Assert.Contains("XML", Refused("external", "2007_000007", external).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<DataSetException>(() => VocDataSet.Load(_folder.At("nowhere"), "train")).Message, StringComparison.Ordinal);
    }

    private DataSetException Refused(string name, string? split = null, string? annotation = null)
    {
        if (split is not null)
            _folder.Write($"ImageSets/Segmentation/{name}.txt", split);
        if (annotation is not null)
            _folder.Write($"Annotations/{split}.xml", annotation);
        return Assert.Throws<DataSetException>(() => VocDataSet.Load(_folder.Root, name));
    }

    private void TruthRefused(string folder, string reason)
    {
        Photograph photograph = VocDataSet.Load(_folder.Root, "train").Photographs[0];
        var error = Assert.Throws<DataSetException>(photograph.ReadGroundTruth!);
        Assert.EndsWith(Path.Combine(folder, "2007_000001.png"), error.Subject, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
