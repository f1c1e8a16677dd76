using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class SchemaTests
{
    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void A_missing_image_column_is_named_by_every_part_that_reads_it()
    {
        IDataView rows = _ml.Transforms.DropColumns("Image").Fit(TinyPipeline.Tagged(_ml, 1)).Transform(TinyPipeline.Tagged(_ml, 1));

        AssertMismatch(() => _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).GetOutputSchema(SchemaShapes.Of(rows.Schema)), "Image", "expected Image");
        AssertMismatch(() => _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(rows), "Image", "expected Image");
        AssertMismatch(() => _ml.Transforms.InterPixelRelations(TinyPipeline.IrNet).Fit(rows), "Image", "expected Image");
        using TransformerChain<ITransformer> labeller = Labeller();
        AssertMismatch(() => labeller.GetOutputSchema(rows.Schema), "Image", "expected Image");
        AssertMismatch(() => labeller.Transform(rows), "Image", "expected Image");
    }

    [Fact]
    public void Tags_that_are_no_keys_are_refused_with_the_type_they_have()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(TinyPipeline.Rows(1));
        var options = TinyPipeline.Cam with { TagsColumnName = nameof(TaggedRow.TagNames) };

        AssertMismatch(() => _ml.Transforms.ClassActivationMaps(options).Fit(rows), nameof(TaggedRow.TagNames), "Key<UInt32>");
        AssertMismatch(() => _ml.Transforms.ClassActivationMaps(options).GetOutputSchema(SchemaShapes.Of(rows.Schema)), nameof(TaggedRow.TagNames), "VarVector<String>");
    }

    [Fact]
    public void Fitting_without_tags_names_the_column()
    {
        IDataView rows = _ml.Data.LoadFromEnumerable(TinyPipeline.Rows(1));

        AssertMismatch(() => _ml.Transforms.ClassActivationMaps(TinyPipeline.Cam).Fit(rows), "Tags", "no such column");
    }

    [Fact]
    public void Fitting_relations_without_activation_maps_names_the_column() =>
        AssertMismatch(() => _ml.Transforms.InterPixelRelations(TinyPipeline.IrNet).Fit(TinyPipeline.Tagged(_ml, 1)), "CamFullResolution", "vector of Single");

    [Theory]
    [InlineData("ImageSize", "Vector<Int32, 2>")]
    [InlineData("MapSize", "Vector<Int32, 2>")]
    [InlineData("Cam", "vector of Single")]
    [InlineData("Boundary", "vector of Single")]
    [InlineData("Displacement", "vector of Single")]
    public void Pseudo_labels_name_the_map_that_is_missing_or_of_another_type(string column, string expected)
    {
        using TransformerChain<ITransformer> labeller = Labeller();
        IDataView maps = labeller.Transform(TinyPipeline.Tagged(_ml, 1));
        IDataView missing = _ml.Transforms.DropColumns(column).Fit(maps).Transform(maps);
        IDataView wrong = _ml.Transforms.CopyColumns(column, "Image").Fit(maps).Transform(maps);

        foreach (IDataView rows in (IDataView[])[missing, wrong])
        {
            AssertMismatch(() => _ml.Transforms.InstancePseudoLabels().Fit(rows), column, expected);
            AssertMismatch(() => _ml.Transforms.SemanticPseudoLabels().Fit(rows), column, expected);
        }
    }

    [Fact]
    public void All_columns_can_be_renamed()
    {
        IDataView tagged = TinyPipeline.Tagged(_ml, 2);
        IDataView rows = _ml.Transforms.SelectColumns("Photo", "Labels").Fit(Renamed(tagged)).Transform(Renamed(tagged));
        var cam = TinyPipeline.Cam with
        {
            ImageColumnName = "Photo",
            TagsColumnName = "Labels",
            ImageSizeColumnName = "c1",
            MapSizeColumnName = "c2",
            CamColumnName = "c3",
            CamFullResolutionColumnName = "c4",
            ClassScoreColumnName = "c5",
        };
        var irNet = TinyPipeline.IrNet with
        {
            ImageColumnName = "Photo",
            TagsColumnName = "Labels",
            CamFullResolutionColumnName = "c4",
            BoundaryColumnName = "c6",
            DisplacementColumnName = "c7",
        };
        var instances = new InstancePseudoLabelOptions
        {
            TagsColumnName = "Labels",
            ImageSizeColumnName = "c1",
            MapSizeColumnName = "c2",
            CamColumnName = "c3",
            BoundaryColumnName = "c6",
            DisplacementColumnName = "c7",
            PredictedLabelColumnName = "c8",
            ScoreColumnName = "c9",
            PredictedBoundingBoxesColumnName = "c10",
            PredictedMasksColumnName = "c11",
        };
        var semantic = new SemanticPseudoLabelOptions
        {
            TagsColumnName = "Labels",
            ImageSizeColumnName = "c1",
            MapSizeColumnName = "c2",
            CamColumnName = "c3",
            BoundaryColumnName = "c6",
            DisplacementColumnName = "c7",
            SemanticMapColumnName = "c12",
        };
        using var labeller = _ml.Transforms.ClassActivationMaps(cam).Append(_ml.Transforms.InterPixelRelations(irNet))
            .Append(_ml.Transforms.InstancePseudoLabels(instances)).Append(_ml.Transforms.SemanticPseudoLabels(semantic)).Fit(rows);
        using var stream = new MemoryStream();
        _ml.Model.Save(labeller, rows.Schema, stream);
        ITransformer loaded = _ml.Model.Load(stream, out _);
        IDataView labelled = loaded.Transform(rows);

        Assert.Equal(["Photo", "Labels", .. Enumerable.Range(1, 12).Select(n => $"c{n}")],
            labelled.Schema.Where(column => !column.IsHidden).Select(column => column.Name).OrderBy(name => name.StartsWith('c')).ThenBy(name => name == "Labels").ThenBy(name => name.Length).ThenBy(name => name));
        Assert.All(labelled.GetColumn<byte[]>("c12"), map => Assert.Equal(TinyPipeline.Height * TinyPipeline.Width, map.Length));
        ((IDisposable)loaded).Dispose();

        IDataView Renamed(IDataView view) =>
            _ml.Transforms.CopyColumns("Photo", "Image").Append(_ml.Transforms.CopyColumns("Labels", "Tags")).Fit(view).Transform(view);
    }

    [Fact]
    public void Short_forms_set_the_columns_they_name()
    {
        IDataView rows = TinyPipeline.Tagged(_ml, 1);
        SchemaShape shape = _ml.Transforms.CopyColumns("Photo", "Image")
            .Append(_ml.Transforms.ClassActivationMaps("Maps", "Photo", "Tags"))
            .Append(_ml.Transforms.InterPixelRelations("Edges", "Field", "Photo"))
            .GetOutputSchema(SchemaShapes.Of(rows.Schema));
        Assert.Empty(new[] { "Maps", "Edges", "Field" }.Except(shape.Select(column => column.Name)));

        using TransformerChain<ITransformer> labeller = Labeller();
        SchemaShape labels = _ml.Transforms.InstancePseudoLabels("Class", "Confidence", "Boxes", "Masks")
            .Append(_ml.Transforms.SemanticPseudoLabels("Pixels", "Cam"))
            .GetOutputSchema(SchemaShapes.Of(labeller.GetOutputSchema(rows.Schema)));
        Assert.Empty(new[] { "Class", "Confidence", "Boxes", "Masks", "Pixels" }.Except(labels.Select(column => column.Name)));
    }

    private TransformerChain<ITransformer> Labeller() =>
        _ml.Transforms.CreateLabeller(TinyPipeline.CamNetwork(), TinyPipeline.IrNetwork(), ["cat", "dog"]);

    private static void AssertMismatch(Action action, string column, string expected)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(action);
        Assert.Contains($"'{column}'", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
