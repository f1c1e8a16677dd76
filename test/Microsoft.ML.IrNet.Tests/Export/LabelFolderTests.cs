using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Export;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Evaluation;

namespace Microsoft.ML.IrNet.Tests.Export;

public class LabelFolderTests : LabelFolderFixture
{
    [Fact]
    public void What_is_written_is_read_back_unchanged() => Prop.ForAll(InstanceGenerators.Photographs, photographs =>
    {
        ImageLabels[] labels = [.. photographs.Select(photograph => new ImageLabels(photograph.Predictions, InstanceMaps.Semantic(4, 5, photograph.Truth)))];
        WriteLabels([.. labels.Select((label, i) => ($"p{i}", label))]);
        LabelFolder read = LabelFolder.Read(Folder);
        Assert.Equal(Classes, read.Classes);
        for (int i = 0; i < labels.Length; i++)
        {
            ImageLabels again = read.Photographs[$"p{i}"]();
            Assert.Equal(labels[i].Semantic.Labels, again.Semantic.Labels);
            Assert.Equal(labels[i].Instances.Select(Content), again.Instances.Select(Content));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(20));

    [Fact]
    public void Scores_and_boxes_that_are_not_round_are_read_back_unchanged()
    {
        InstanceLabel odd = Sample().Instances[0] with { Score = 1 / 3f, Box = new BoundingBox(0.1f, 1 / 3f, 3.7f, 2.2f) };
        WriteLabels(("a", Sample() with { Instances = [odd] }));
        Assert.Equal(Content(odd), Content(LabelFolder.Read(Folder).Photographs["a"]().Instances[0]));
    }

    [Fact]
    public void The_data_set_reader_reads_a_label_folder()
    {
        WriteLabels(("a", Sample()));
        PngFile.Write(PathOf("a.jpg"), new RgbImage(4, 5, new byte[60]));
        Photograph photograph = Assert.Single(CocoDataSet.Load(PathOf("annotations.json"), Folder).Photographs);
        Assert.Equal([0, 1], photograph.Tags);
        Assert.Equal(Sample().Instances.Select(instance => instance.Mask.Counts), photograph.ReadGroundTruth!().Instances.Select(instance => instance.Mask.Counts));
    }

    [Fact]
    public void Without_a_map_the_instances_are_drawn()
    {
        WriteLabels(("a", Sample()));
        Directory.Delete(PathOf("SegmentationClass"), recursive: true);
        byte[] expected = [.. Sample().Semantic.Labels.Select(label => label == LabelMap.Void ? (byte)0 : label)];
        Assert.Equal(expected, LabelFolder.Read(PathOf("annotations.json")).Photographs["a"]().Semantic.Labels);
    }

    [Fact]
    public void Labels_are_evaluated_against_their_data_set()
    {
        WriteLabels(("a", Sample()), ("b", Sample()));
        PhotographSet set = Set("a", "c");
        EvaluationReport report = LabelEvaluation.Evaluate(set, LabelFolder.Read(Folder).LabelsOf(set));
        Assert.Equal((1, 1.0), (report.Images, report.Instance.At(0.75).Mean));
        Assert.Equal(["c"], report.WithoutLabels);
    }

    [Fact]
    public void Labels_of_other_classes_or_photographs_are_refused()
    {
        WriteLabels(("a", Sample()));
        LabelFolder labels = LabelFolder.Read(Folder);
        Assert.Throws<DataSetException>(() => labels.LabelsOf(Set("a") with { Classes = ["dog", "cat", "person"] }));
        Assert.Throws<DataSetException>(() => labels.LabelsOf(Set("b", "c")));
    }

    [Fact]
    public void Results_are_read_against_the_ids_of_their_data_set()
    {
        PngFile.Write(PathOf("x.png"), new RgbImage(4, 5, new byte[60]));
        string results = WriteFile("results.json", """
             [{"image_id": 70, "category_id": 18, "segmentation": {"size": [4, 5], "counts": "0d0"}, "score": 0.5},
              {"image_id": 70, "category_id": 17, "bbox": [1, 1, 2, 2], "score": 0.75}]
            """);
        var set = new PhotographSet(Classes, [Shown("x") with { CocoId = 70 }, Shown("y") with { CocoId = 71 }]) { CategoryIds = [17, 18, 44] };
        LabelFolder labels = LabelFolder.Read(results, set);
        ImageLabels found = labels.Photographs["x"]();
        Assert.Equal([(1, 0.5f, 20L), (0, 0.75f, 4L)], found.Instances.Select(instance => (instance.ClassIndex, instance.Score, instance.Mask.Area)));
        Assert.Equal((1, 2), (found.Semantic.Labels[6], found.Semantic.Labels[0]));
        Assert.Empty(labels.Photographs["y"]().Instances);
        Assert.Throws<DataSetException>(() => LabelFolder.Read(results));
        Assert.Throws<DataSetException>(() => LabelFolder.Read(results, set with { CategoryIds = null }));

        Photograph Shown(string name) => new(name, PathOf("x.png"), []);
    }

    [Fact]
    public void Without_ids_results_call_a_photograph_by_the_digits_of_its_name()
    {
        PngFile.Write(PathOf("x.png"), new RgbImage(4, 5, new byte[60]));
        string results = WriteFile("results.json", """[{"image_id": 2007000032, "category_id": 3, "bbox": [0, 0, 5, 1], "score": 1}]""");
        LabelFolder labels = LabelFolder.Read(results, new PhotographSet(Classes, [new Photograph("2007_000032", PathOf("x.png"), [])]));
        Assert.Equal(2, Assert.Single(labels.Photographs["2007_000032"]().Instances).ClassIndex);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("{}")]
    [InlineData("""{"images": [null], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""")]
    [InlineData("""{"images": [], "annotations": [], "categories": []}""")]
    [InlineData("""{"images": [], "annotations": [], "categories": [{"id": 1, "name": null}]}""")]
    [InlineData("""{"images": [], "annotations": [], "categories": [{"id": 1, "name": "cat"}, {"id": 1, "name": "dog"}]}""")]
    [InlineData("""{"images": [], "annotations": [{"image_id": 1, "category_id": 1}], "categories": [{"id": 1, "name": "cat"}]}""")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a", "height": 0, "width": 5}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a", "height": 99999, "width": 99999}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a", "height": 4, "width": 5, "label_file": "../../x"}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a", "name": "n", "height": 4, "width": 5}, {"id": 2, "file_name": "b", "name": "n", "height": 4, "width": 5}], "annotations": [], "categories": [{"id": 1, "name": "cat"}]}""")]
    public void A_damaged_list_is_a_typed_error(string json)
    {
        WriteFile("annotations.json", json);
        Assert.Throws<DataSetException>(() => LabelFolder.Read(Folder));
    }

    [Theory]
    [InlineData("[null]")]
    [InlineData("[7]")]
    [InlineData("[{}]")]
    [InlineData("""[{"image_id": 2, "category_id": 1, "bbox": [0, 0, 1, 1], "score": 1}]""")]
    [InlineData("""[{"image_id": 1, "category_id": 1""")]
    public void A_damaged_results_file_is_a_typed_error(string json) =>
        Assert.Throws<DataSetException>(() => LabelFolder.Read(WriteFile("results.json", json), new PhotographSet(Classes, [new Photograph("1", "1.png", [])])));

    [Theory]
    [InlineData("""{"size": [4, 5], "counts": "zzz"}""")]
    [InlineData("""{"size": [5, 4], "counts": "d0"}""")]
    [InlineData("null")]
    public void A_damaged_mask_is_an_error_when_it_is_asked_for_and_names_its_annotation(string segmentation)
    {
        WriteFile("annotations.json", $$"""
            {"images": [{"id": 1, "file_name": "a.jpg", "height": 4, "width": 5}], "categories": [{"id": 1, "name": "cat"}],
             "annotations": [{"id": 77, "image_id": 1, "category_id": 1, "segmentation": {{segmentation}}}]}
            """);
        Func<ImageLabels> read = LabelFolder.Read(Folder).Photographs["a"];
        Assert.Contains("annotation 77", Assert.Throws<DataSetException>(read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_of_another_size_or_other_classes_is_named()
    {
        WriteLabels(("a", Sample()));
        Func<ImageLabels> read = LabelFolder.Read(Folder).Photographs["a"];
        foreach (LabelMap map in new[] { new LabelMap(5, 4, new byte[20]), new LabelMap(4, 5, [.. Enumerable.Repeat((byte)7, 20)]) })
        {
            PalettePng.Write(PathOf("SegmentationClass", "a.png"), map);
            Assert.Contains("a.png", Assert.Throws<DataSetException>(read).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_typed_error() => Assert.Throws<DataSetException>(() => LabelFolder.Read(PathOf("nowhere")));

    private static PhotographSet Set(params string[] names) =>
        new(Classes, [.. names.Select(name => new Photograph(name, name + ".jpg", []) { ReadGroundTruth = Sample })]);

    private static (int ClassIndex, float Score, BoundingBox Box, string Mask) Content(InstanceLabel instance) =>
        (instance.ClassIndex, instance.Score, instance.Box, instance.Mask.ToCompressedString());
}
