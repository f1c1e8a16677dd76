using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Export;

public class LoadLabelsTests : LabelFolderFixture
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Labels_are_the_columns_that_transformers_write()
    {
        WriteLabels(("a", Sample()));
        IDataView view = _ml.Data.LoadLabels(Folder, Set(Classes, "a"));
        Assert.Equal(["ImagePath", "Image", "Tags", "PredictedLabel", "Score", "PredictedBoundingBoxes", "PredictedMasks", "SemanticMap", "ImageSize"],
            view.Schema.Select(column => column.Name));
        LabelledRow row = Assert.Single(Rows(view));
        Assert.Equal([2u, 1u], row.PredictedLabel);
        Assert.Equal([0.25f, 0.7f], row.Score);
        Assert.Equal([2f, 1f, 3f, 4f, 0f, 0f, 2f, 1f], row.PredictedBoundingBoxes);
        Assert.Equal(Sample().Instances.Select(instance => instance.Mask.ToCompressedString()), row.PredictedMasks);
        Assert.Equal(Sample().Semantic.Labels, row.SemanticMap);
        Assert.Equal([4, 5], row.ImageSize);
    }

    [Fact]
    public void Photographs_that_are_not_labelled_are_left_out_and_the_truth_stays()
    {
        WriteLabels(("b", Sample()), ("c", Sample() with { Instances = [] }));
        PhotographSet set = Set(Classes, "a", "b", "c");
        set = set with { Photographs = [.. set.Photographs.Select(photograph => photograph with { ReadGroundTruth = Sample })] };
        IDataView view = _ml.Data.LoadLabels(Folder, set);
        Assert.Equal(2, view.GetRowCount());
        Assert.Equal(["b.png", "c.png"], view.GetColumn<string>("ImagePath").Select(path => Path.GetFileName(path)));
        Assert.Equal([2, 0], view.GetColumn<uint[]>("PredictedLabel").Select(keys => keys.Length));
        Assert.Equal([2, 2], view.GetColumn<uint[]>("Label").Select(keys => keys.Length));
    }

    [Fact]
    public void Classes_are_found_by_name()
    {
        WriteLabels(("a", Sample()));
        LabelledRow row = Assert.Single(Rows(_ml.Data.LoadLabels(Folder, Set(["bird", "person", "dog", "cat"], "a"))));
        Assert.Equal([3u, 4u], row.PredictedLabel);
        Assert.Equal([4, 4, 3, 3, 3, 255], row.SemanticMap.Where(label => label != 0));
    }

    [Fact]
    public void A_set_without_classes_takes_over_those_of_the_folder()
    {
        WriteLabels(("a", Sample()));
        IDataView view = _ml.Data.LoadLabels(Folder, Set([], "a"));
        VBuffer<ReadOnlyMemory<char>> names = default;
        view.Schema["PredictedLabel"].GetKeyValues(ref names);
        Assert.Equal(Classes, names.DenseValues().Select(name => name.ToString()));
    }

    [Fact]
    public void Results_files_and_other_data_sets_annotations_are_labels_too()
    {
        string results = WriteFile("results.json", """[{"image_id": 7, "category_id": 17, "bbox": [1, 1, 2, 2], "score": 0.75}]""");
        PhotographSet set = Set(Classes, "a") with { CategoryIds = [16, 17, 18] };
        set = set with { Photographs = [set.Photographs[0] with { CocoId = 7 }] };
        LabelledRow row = Assert.Single(Rows(_ml.Data.LoadLabels(results, set)));
        Assert.Equal([2u], row.PredictedLabel);
        Assert.Equal([1f, 1f, 3f, 3f], row.PredictedBoundingBoxes);
    }

    [Fact]
    public void A_class_that_the_set_has_not_is_named_with_the_folder()
    {
        WriteLabels(("a", Sample()));
        var error = Assert.Throws<DataSetException>(() => _ml.Data.LoadLabels(Folder, Set(["cat", "dog"], "a")));
        Assert.Equal(Folder, error.Subject);
        Assert.Contains("'person'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_another_size_are_named_with_folder_and_photograph()
    {
        WriteLabels(("a", Sample()));
        PhotographSet set = Set(Classes, "a");
        PngFile.Write(PathOf("a.png"), Pictures.Gradient(5, 4));
        IDataView view = _ml.Data.LoadLabels(Folder, set);
        Assert.Empty(Assert.Single(view.GetColumn<uint[]>("Tags")));
        var error = Assert.Throws<DataSetException>(() => view.GetColumn<uint[]>("PredictedLabel").Count());
        Assert.Equal($"{Folder} photograph 'a'", error.Subject);
        Assert.Contains("4 x 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("5 x 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mask_of_another_size_is_named_with_folder_and_photograph()
    {
        WriteLabels(("a", Sample()));
        File.WriteAllText(PathOf("annotations.json"), File.ReadAllText(PathOf("annotations.json")).Replace("\"size\":[4,5]", "\"size\":[5,4]", StringComparison.Ordinal));
        var error = Assert.Throws<DataSetException>(() => Rows(_ml.Data.LoadLabels(Folder, Set(Classes, "a"))));
        Assert.Equal($"{Folder} photograph 'a'", error.Subject);
        Assert.Contains("5 x 4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_none_of_the_photographs_are_refused()
    {
        WriteLabels(("a", Sample()));
        Assert.Equal(Folder, Assert.Throws<DataSetException>(() => _ml.Data.LoadLabels(Folder, Set(Classes, "b"))).Subject);
        Assert.Throws<DataSetException>(() => _ml.Data.LoadLabels(PathOf("nowhere"), Set(Classes, "a")));
    }

    [Fact]
    public void Labels_are_read_without_decoding_a_photograph()
    {
        WriteLabels(("a", Sample()));
        PhotographSet set = Set(Classes, "a");
        byte[] png = File.ReadAllBytes(PathOf("a.png"));
        File.WriteAllBytes(PathOf("a.png"), png[..^30]);
        IDataView view = _ml.Data.LoadLabels(Folder, set);
        Assert.Single(Rows(view));
        Assert.Throws<ImageFileException>(() => view.GetColumn<MLImage>("Image").Count());
    }

    private PhotographSet Set(IReadOnlyList<string> classes, params string[] names)
    {
        foreach (string name in names)
            PngFile.Write(PathOf(name + ".png"), Pictures.Gradient(4, 5));
        return new PhotographSet(classes, [.. names.Select(name => new Photograph(name, PathOf(name + ".png"), []))]);
    }

    private static List<LabelledRow> Rows(IDataView view)
    {
        using DataViewRowCursor cursor = view.GetRowCursor(view.Schema);
        var rows = new List<LabelledRow>();
        var read = (
            Keys: Column<uint>(cursor, "PredictedLabel"), Scores: Column<float>(cursor, "Score"), Boxes: Column<float>(cursor, "PredictedBoundingBoxes"),
            Masks: Column<ReadOnlyMemory<char>>(cursor, "PredictedMasks"), Map: Column<byte>(cursor, "SemanticMap"), Size: Column<int>(cursor, "ImageSize"));
        while (cursor.MoveNext())
            rows.Add(new LabelledRow
            {
                PredictedLabel = read.Keys(),
                Score = read.Scores(),
                PredictedBoundingBoxes = read.Boxes(),
                PredictedMasks = [.. read.Masks().Select(mask => mask.ToString())],
                SemanticMap = read.Map(),
                ImageSize = read.Size(),
            });
        return rows;
    }

    private static Func<T[]> Column<T>(DataViewRow row, string name) => IrNet.Estimators.Getters.Read<T>(row, row.Schema[name].Index);
}
