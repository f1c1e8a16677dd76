using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

public sealed class DataSetsTests : IDisposable
{
    private const string Coco = """{"images": [{"id": 1, "file_name": "a.png"}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Voc_is_recognised()
    {
        VocFolder.AddPhotograph(_folder, "one", 2, 2, "cat");
        VocFolder.AddPhotograph(_folder, "two", 2, 2, "dog");
        _folder.Write("ImageSets/Segmentation/val.txt", "one");
        Assert.Equal("one", DataSets.Load(_folder.Root).Photographs[0].Name);
        _folder.Write("ImageSets/Segmentation/train.txt", "two");
        Assert.Equal("two", DataSets.Load(_folder.Root).Photographs[0].Name);
        Assert.Equal("one", DataSets.Load(_folder.Root, "voc", "val").Photographs[0].Name);
        File.Move(_folder.At("ImageSets", "Segmentation", "train.txt"), _folder.At("ImageSets", "Segmentation", "test.txt"));
        Assert.Contains("test, val", Assert.Throws<DataSetException>(() => DataSets.Load(_folder.Root)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("annotations.json", "a.png", null)]
    [InlineData("annotations.json", "images/a.png", null)]
    [InlineData("annotations.json", "JPEGImages/a.png", null)]
    [InlineData("instances_val2017.json", "images/a.png", null)]
    [InlineData("annotations/instances_val2017.json", "val2017/a.png", null)]
    [InlineData("annotations/instances_val2017.json", "images/val2017/a.png", "val2017")]
    public void Coco_is_recognised(string json, string image, string? split)
    {
        _folder.Write(json, Coco);
        PngFile.Write(_folder.At(image.Split('/')), Pictures.Gradient(2, 2));
        Assert.Equal("a", Assert.Single(DataSets.Load(_folder.Root, null, split).Photographs).Name);
        Assert.Contains("instances_nosuch.json", Assert.Throws<DataSetException>(() => DataSets.Load(_folder.Root, "coco", "nosuch")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_coco_file_can_be_named_itself()
    {
        string json = _folder.Write("mine.json", Coco);
        PngFile.Write(_folder.At("images", "a.png"), Pictures.Gradient(2, 2));
        Assert.Equal(["cat"], DataSets.Load(json).Classes);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("images/a.png")]
    public void A_folder_with_tags_is_recognised(string image)
    {
        _folder.Write("tags.csv", "path,tags\na.png,cat");
        PngFile.Write(_folder.At(image.Split('/')), Pictures.Gradient(2, 2));
        PhotographSet set = DataSets.Load(_folder.Root);
        Assert.Equal(["cat"], set.Classes);
        Assert.True(File.Exists(set.Photographs[0].Path));
        Assert.Contains("split", Assert.Throws<OptionException>(() => DataSets.Load(_folder.Root, "folder", "train")).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_of_no_format_is_answered_with_what_was_looked_for()
    {
        string message = Assert.Throws<DataSetException>(() => DataSets.Load(_folder.Root)).Message;
        Assert.All(["ImageSets", "annotations.json", "tags.csv"], expected => Assert.Contains(expected, message, StringComparison.Ordinal));
        Assert.Throws<DataSetException>(() => DataSets.Load(_folder.At("nowhere")));
        Assert.Contains("voc, coco or folder", Assert.Throws<OptionException>(() => DataSets.Load(_folder.Root, "yolo")).Message, StringComparison.Ordinal);
    }
}
