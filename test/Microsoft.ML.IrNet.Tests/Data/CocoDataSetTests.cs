using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Data;

public sealed class CocoDataSetTests : IDisposable
{
    private const string Images = """{"id": 5, "file_name": "a.png", "height": 4, "width": 6}""";
    private const string Categories = """{"id": 9, "name": "dog"}, {"id": 3, "name": "cat"}""";

    private readonly TemporaryFolder _folder = new();

    public CocoDataSetTests() => PngFile.Write(_folder.At("a.png"), Pictures.Gradient(4, 6));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Polygons_and_both_kinds_of_run_lengths_are_decoded()
    {
        string packed = new RunLengthMask(4, 6, [20, 4]).ToCompressedString();
        PhotographSet set = Load("""
            {"id": 1, "image_id": 5, "category_id": 9, "iscrowd": 0, "area": 16, "bbox": [0, 0, 4, 4], "segmentation": [[0, 0, 4, 0, 4, 4, 0, 4]]},
            {"id": 2, "image_id": 5, "category_id": 3, "iscrowd": 0, "segmentation": {"counts": [0, 2, 22], "size": [4, 6]}},
            {"id": 3, "image_id": 5, "category_id": 9, "iscrowd": 1, "segmentation": {"size": [4, 6], "counts": "
            """.TrimEnd() + JsonEncodedText.Encode(packed) + "\"}}, null");
        Assert.Equal(["cat", "dog"], set.Classes);
        Photograph photograph = Assert.Single(set.Photographs);
        Assert.Equal("a", photograph.Name);
        Assert.Equal([0, 1], photograph.Tags);
        ImageLabels labels = photograph.ReadGroundTruth!();
        Assert.Equal([1, 0, 1], labels.Instances.Select(instance => instance.ClassIndex));
        Assert.Equal([false, false, true], labels.Instances.Select(instance => instance.IsCrowd));
        Assert.Equal([16, 2, 4], labels.Instances.Select(instance => instance.Mask.Area));
        Assert.Equal(new BoundingBox(0, 0, 1, 2), labels.Instances[1].Box);
        // The small cat lies over the large dog, the crowd is void.
        Assert.Equal(new byte[] { 1, 2, 2, 2, 0, 255, 1, 2, 2, 2, 0, 255, 2, 2, 2, 2, 0, 255, 2, 2, 2, 2, 0, 255 }, labels.Semantic.Labels);
    }

    [Fact]
    public void Objects_without_masks_are_tags_alone()
    {
        PhotographSet set = Load("""{"id": 1, "image_id": 5, "category_id": 9, "bbox": [0, 0, 4, 4]}""");
        Assert.Equal([1], set.Photographs[0].Tags);
        Assert.False(set.HasGroundTruth);
    }

    [Theory]
    [InlineData(Images, """{"image_id": 6, "category_id": 9}""", "image 6")]
    [InlineData(Images, """{"image_id": 5, "category_id": 8}""", "category 8")]
    [InlineData(Images, """{"image_id": "five", "category_id": 9}""", "no COCO")]
    [InlineData(Images, """{"category_id": 9}""", "no COCO")]
    [InlineData(Images + "," + Images, "", "id 5 twice")]
    [InlineData("""{"id": 5, "file_name": null}""", "", "no COCO")]
    [InlineData("null", "", "no COCO")]
    [InlineData("""{"id": 5, "file_name": "../a.png"}""", "", "'../a.png'")]
    [InlineData("""{"id": 5, "file_name": "/etc/a.png"}""", "", "'/etc/a.png'")]
    [InlineData("""{"id": 5, "file_name": "b.png"}""", "", "none of them exists")]
    [InlineData("", "", "no photograph")]
    [InlineData("{", "", "no COCO")]
    public void Bad_annotation_files_are_refused(string images, string annotations, string reason) =>
        Assert.Contains(reason, Assert.Throws<DataSetException>(() => Load(annotations, images)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"size": [6, 4], "counts": [24]}""", "6 x 4")]
    [InlineData("""{"size": [4, 6], "counts": [23]}""", "23")]
    [InlineData("""{"size": [4, 6], "counts": "~~~~"}""", "annotation 7")]
    [InlineData("""{"size": [4, 6]}""", "annotation 7")]
    [InlineData("[[0, 0, 1]]", "annotation 7")]
    [InlineData("\"mask\"", "annotation 7")]
    public void Bad_masks_are_refused_when_they_are_read(string segmentation, string reason)
    {
        PhotographSet set = Load($$"""{"id": 7, "image_id": 5, "category_id": 9, "segmentation": {{segmentation}}}""");
        Assert.Contains(reason, Assert.Throws<DataSetException>(set.Photographs[0].ReadGroundTruth!).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_photograph_of_another_size_than_stated_is_refused()
    {
        PhotographSet set = Load("""{"id": 7, "image_id": 5, "category_id": 9, "segmentation": []}""", Images.Replace("6}", "7}", StringComparison.Ordinal));
        Assert.Contains("7 x 4", Assert.Throws<DataSetException>(set.Photographs[0].ReadGroundTruth!).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"images": [], "annotations": null, "categories": []}""")]
    public void Other_json_is_refused(string json) =>
        Assert.Contains("expected an object with images", Assert.Throws<DataSetException>(() =>
            CocoDataSet.Load(_folder.Write("annotations.json", json), _folder.Root)).Message, StringComparison.Ordinal);

    [SkippableFact]
    public void A_file_of_the_published_exporter_is_read()
    {
        JsonNode file = JsonNode.Parse(File.ReadAllText(SharedFolder.Require("golden", "coco", "coco_official.json")))!;
        // The recorded part is what the exporter computes; it copies the categories from elsewhere.
        file["categories"] = new JsonArray([.. VocDataSet.Classes.Select((name, id) => new JsonObject { ["id"] = id, ["name"] = name })]);
        foreach ((string name, int height, int width) in new[] { ("2007_000001", 188, 250), ("2007_000002", 238, 317), ("2007_000003", 30, 40) })
            File.WriteAllBytes(_folder.At(name + ".jpg"), PngFile.EncodeJpeg(Pictures.Gradient(height, width)));
        PhotographSet set = CocoDataSet.Load(_folder.Write("official.json", file.ToJsonString()), _folder.Root);
        Assert.Equal(3, set.Photographs.Count);
        ImageLabels labels = set.Photographs[0].ReadGroundTruth!();
        Assert.NotEmpty(labels.Instances);
        // Its polygons run through the pixels' middles, so that what they enclose is a little less than the stated area.
        Assert.All(labels.Instances, instance => Assert.InRange(instance.Mask.Area / instance.StatedArea!.Value, 0.9, 1.1));
    }

    private PhotographSet Load(string annotations, string images = Images) => CocoDataSet.Load(
        _folder.Write("annotations.json", $$"""{"info": {"year": 2014}, "images": [{{images}}], "annotations": [{{annotations}}], "categories": [{{Categories}}]}"""),
        _folder.Root);
}
