using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

public sealed class TagFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public TagFolderTests()
    {
        foreach (string name in new[] { "one.png", "sub/two.png", "sub/three.PNG" })
            PngFile.Write(_folder.At(name.Split('/')), Pictures.Gradient(2, 3));
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tags_are_separated_in_any_of_the_usual_ways()
    {
        PhotographSet set = Load("\uFEFFPath, tags\r\none.png,dog; cat\r\nsub\\two.png,\"dog,cow\"\r\nsub/three.PNG,cat|cat\r\nfour.png,\r\n");
        Assert.Equal(["cat", "cow", "dog"], set.Classes);
        Assert.Equal(["one", "two", "three", "four"], set.Photographs.Select(photograph => photograph.Name));
        Assert.Equal([[0, 2], [1, 2], [0], []], set.Photographs.Select(photograph => photograph.Tags));
        Assert.Equal(3, ImageFile.Read(set.Photographs[1].Path).Width);
        // A missing photograph is found out when it is read.
        Assert.Throws<ImageFileException>(() => new PhotographImages(set).Load(3));
    }

    [Fact]
    public void Columns_may_come_in_either_order_and_classes_from_outside()
    {
        PhotographSet set = Load("tags,path\ndog,one.png\n", ["zebra", "dog"]);
        Assert.Equal(["zebra", "dog"], set.Classes);
        Assert.Equal([1], set.Photographs[0].Tags);
    }

    [Theory]
    [InlineData("path,label\none.png,cat", "label")]
    [InlineData("path;tags\none.png;cat", "path;tags")]
    [InlineData("path\none.png", "expected path and tags")]
    [InlineData("path,tags\none.png", "row 2")]
    [InlineData("path,tags\none.png,cat,dog", "row 2")]
    [InlineData("path,tags\n,cat", "row 2")]
    [InlineData("path,tags\none.png,cat\none.png,dog", "row 3")]
    [InlineData("path,tags\n/etc/one.png,cat", "row 2")]
    [InlineData("path,tags\n..\\one.png,cat", "row 2")]
    [InlineData("path,tags\nC:/one.png,cat", "row 2")]
    [InlineData("path,tags\n\"one.png,cat", "row 2")]
    [InlineData("path,tags\n", "no photograph")]
    [InlineData("", "no photograph")]
    [InlineData("path,tags\nfive.png,cat\nsix.png,cat", "none of them exists")]
    public void Bad_tag_files_are_refused_with_the_place(string csv, string named) =>
        Assert.Contains(named, Assert.Throws<DataSetException>(() => Load(csv)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_tag_unknown_to_the_classes_is_refused_with_its_row_and_the_classes()
    {
        var error = Assert.Throws<DataSetException>(() => Load("path,tags\none.png,cat\nsub/two.png,dragon", ["cat", "dog"]));
        Assert.Contains("row 3", error.Subject, StringComparison.Ordinal);
        Assert.Contains("'dragon'", error.Message, StringComparison.Ordinal);
        Assert.Contains("cat, dog", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void More_classes_than_a_label_map_holds_are_refused() =>
        Assert.Contains("255 classes", Assert.Throws<DataSetException>(() =>
            Load("path,tags\none.png,\"" + string.Join(';', Enumerable.Range(0, 255)) + "\"")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_tag_file_is_answered_with_an_example() =>
        Assert.Contains("path,tags\n", Assert.Throws<DataSetException>(() => TagFolder.Load(_folder.Root, _folder.At("tags.csv"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Images_without_tags_are_found_below_the_folder()
    {
        _folder.Write("readme.txt", "no image");
        PhotographSet set = TagFolder.LoadImages(_folder.Root, ["cat"]);
        Assert.Equal(["one", "three", "two"], set.Photographs.Select(photograph => photograph.Name));
        Assert.All(set.Photographs, photograph => Assert.Empty(photograph.Tags));
        Assert.Equal(["cat"], set.Classes);
        Assert.Contains(".png", Assert.Throws<DataSetException>(() => TagFolder.LoadImages(Directory.CreateDirectory(_folder.At("bare")).FullName)).Message, StringComparison.Ordinal);
        Assert.Throws<DataSetException>(() => TagFolder.LoadImages(_folder.At("nowhere")));
    }

    [Fact]
    public void Names_that_repeat_grow_until_they_differ()
    {
        PngFile.Write(_folder.At("one", "two.png"), Pictures.Gradient(2, 2));
        Assert.Equal(["one", "one/two", "sub/three", "sub/two"], TagFolder.LoadImages(_folder.Root).Photographs.Select(photograph => photograph.Name));
        File.WriteAllBytes(_folder.At("one", "two.jpg"), PngFile.EncodeJpeg(Pictures.Gradient(2, 2)));
        Assert.Equal(["one.png", "one/two.jpg", "one/two.png", "sub/three.PNG", "sub/two.png"],
            TagFolder.LoadImages(_folder.Root).Photographs.Select(photograph => photograph.Name));
    }

    private PhotographSet Load(string csv, IReadOnlyList<string>? classes = null) =>
        TagFolder.Load(_folder.Root, _folder.Write("tags.csv", csv), classes);
}
