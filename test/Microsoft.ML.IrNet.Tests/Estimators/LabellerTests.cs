using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class LabellerTests(FittedLabeller labeller) : IClassFixture<FittedLabeller>
{
    private readonly MLContext _ml = labeller.Context;

    [Fact]
    public void The_pipeline_of_the_documentation_compiles_and_knows_its_columns()
    {
        var ml = new MLContext(seed: 1);
        var pipeline = ml.Transforms.ClassActivationMaps(new() { Epochs = 5 })
            .Append(ml.Transforms.InterPixelRelations())
            .Append(ml.Transforms.InstancePseudoLabels())
            .Append(ml.Transforms.SemanticPseudoLabels());
        SchemaShape shape = pipeline.GetOutputSchema(SchemaShapes.Of(TinyPipeline.Tagged(ml, 1).Schema));

        string[] expected =
        [
            "Image", "Tags", "MapSize", "Cam", "ClassScore", "Boundary", "Displacement", "PredictedLabel", "Score", "PredictedBoundingBoxes", "PredictedMasks", "SemanticMap",
        ];
        Assert.Empty(expected.Except(shape.Select(column => column.Name)));
    }

    [Fact]
    public void Columns_have_the_documented_types()
    {
        DataViewSchema schema = labeller.Chain.GetOutputSchema(labeller.Rows.Schema);
        var single = new VectorDataViewType(NumberDataViewType.Single);
        var size = new VectorDataViewType(NumberDataViewType.Int32, 2);
        var key = new VectorDataViewType(new KeyDataViewType(typeof(uint), 2));
        (string Name, DataViewType Type)[] expected =
        [
            ("Tags", key), ("ImageSize", size), ("MapSize", size), ("Cam", single), ("CamFullResolution", single),
            ("ClassScore", new VectorDataViewType(NumberDataViewType.Single, 2)), ("Boundary", single), ("Displacement", single), ("PredictedLabel", key),
            ("Score", single), ("PredictedBoundingBoxes", single), ("PredictedMasks", new VectorDataViewType(TextDataViewType.Instance)),
            ("SemanticMap", new VectorDataViewType(NumberDataViewType.Byte)),
        ];
        Assert.All(expected, column => Assert.Equal(column.Type, schema[column.Name].Type));
        Assert.Equal(["cat", "dog"], ClassAnnotations.Read(schema["Tags"], "KeyValues"));
        Assert.Equal(["cat", "dog"], ClassAnnotations.Read(schema["PredictedLabel"], "KeyValues"));
        Assert.Equal(["cat", "dog"], ClassAnnotations.Read(schema["ClassScore"], "SlotNames"));
    }

    [Fact]
    public void The_schema_promised_before_fitting_is_the_one_that_comes()
    {
        SchemaShape promised = TinyPipeline.Create(_ml).GetOutputSchema(SchemaShapes.Of(labeller.Rows.Schema));
        SchemaShape fitted = SchemaShapes.Of(labeller.Chain.GetOutputSchema(labeller.Rows.Schema));

        Assert.Equal(fitted.Select(Describe).Order(), promised.Select(Describe).Order());
    }

    [Fact]
    public void Values_fit_each_other_and_the_photograph()
    {
        LabelledRow[] rows = [.. _ml.Data.CreateEnumerable<LabelledRow>(labeller.Chain.Transform(labeller.Rows), reuseRowObject: false)];

        Assert.Equal(3, rows.Length);
        Assert.Equal([[1u], [2u], [1u, 2u]], rows.Select(row => row.Tags));
        foreach (LabelledRow row in rows)
        {
            Assert.Equal([TinyPipeline.Height, TinyPipeline.Width], row.ImageSize);
            Assert.Equal([10, 13], row.MapSize);
            Assert.Equal(row.Tags.Length * 10 * 13, row.Cam.Length);
            Assert.All(row.Cam.Chunk(10 * 13), map => Assert.InRange(map.Max(), 0, 1));
            Assert.Equal(2, row.ClassScore.Length);
            Assert.Equal(10 * 13, row.Boundary.Length);
            Assert.All(row.Boundary, value => Assert.InRange(value, 0, 1));
            Assert.Equal(2 * 10 * 13, row.Displacement.Length);
            Assert.Equal(TinyPipeline.Height * TinyPipeline.Width, row.SemanticMap.Length);
            Assert.All(row.SemanticMap, value => Assert.True(value == 0 || row.Tags.Contains(value)));
            Assert.Equal(row.PredictedLabel.Length, row.Score.Length);
            Assert.Equal(row.PredictedLabel.Length * 4, row.PredictedBoundingBoxes.Length);
            Assert.Equal(row.PredictedLabel.Length, row.PredictedMasks.Length);
            Assert.All(row.PredictedLabel, label => Assert.Contains(label, row.Tags));
            for (int i = 0; i < row.PredictedMasks.Length; i++)
            {
                BoundingBox box = RunLengthMask.Parse(row.PredictedMasks[i], TinyPipeline.Height, TinyPipeline.Width).ComputeBox();
                Assert.Equal([box.X0, box.Y0, box.X1, box.Y1], row.PredictedBoundingBoxes[(i * 4)..(i * 4 + 4)]);
            }
        }
        Assert.Contains(rows, row => row.PredictedLabel.Length > 0);
    }

    [Fact]
    public void The_same_seed_gives_the_same_labels()
    {
        var ml = new MLContext(seed: 1);
        ITransformer again = TinyPipeline.Create(ml).Fit(ml.Data.LoadFromEnumerable(TinyPipeline.Rows(3)));

        Assert.Equal(ModelDump.Describe(labeller.Chain.Transform(labeller.Rows)), ModelDump.Describe(again.Transform(labeller.Rows)));
        ((IDisposable)again).Dispose();
    }

    [Fact]
    public void A_saved_chain_loads_with_identical_output()
    {
        using var file = new MemoryStream();
        _ml.Model.Save(labeller.Chain, labeller.Rows.Schema, file);
        ITransformer loaded = new MLContext().Model.Load(file, out DataViewSchema schema);

        // ML.NET keeps no image columns in a saved schema.
        Assert.Equal([nameof(TaggedRow.TagNames)], schema.Select(column => column.Name));
        Assert.Equal(ModelDump.Describe(labeller.Chain.Transform(labeller.Rows)), ModelDump.Describe(loaded.Transform(labeller.Rows)));
        ((IDisposable)loaded).Dispose();
    }

    [Fact]
    public void A_prediction_engine_labels_a_photograph_as_the_data_view_does()
    {
        using PredictionEngine<TaggedRow, LabelledRow> engine = _ml.Model.CreatePredictionEngine<TaggedRow, LabelledRow>(labeller.Chain, new PredictionEngineOptions { OwnsTransformer = false });
        LabelledRow[] expected = [.. _ml.Data.CreateEnumerable<LabelledRow>(labeller.Chain.Transform(labeller.Rows), reuseRowObject: false)];
        TaggedRow[] rows = TinyPipeline.Rows(3);

        for (int i = 0; i < rows.Length; i++)
        {
            LabelledRow actual = engine.Predict(rows[i]);
            Assert.Equal(expected[i].Tags, actual.Tags);
            Assert.Equal(expected[i].Cam, actual.Cam);
            Assert.Equal(expected[i].PredictedMasks, actual.PredictedMasks);
            Assert.Equal(expected[i].SemanticMap, actual.SemanticMap);
            // The engine must not dispose what it was handed.
            Assert.Equal(TinyPipeline.Width, rows[i].Image!.Width);
            Assert.False(rows[i].Image!.Pixels.IsEmpty);
        }
    }

    [Fact]
    public void Photographs_without_tags_get_the_classes_the_network_finds()
    {
        TaggedRow[] untagged = [.. TinyPipeline.Rows(2).Select(row => new TaggedRow { Image = row.Image })];
        LabelledRow[] rows = [.. _ml.Data.CreateEnumerable<LabelledRow>(labeller.Chain.Transform(_ml.Data.LoadFromEnumerable(untagged)), reuseRowObject: false)];

        // The fixture's threshold is 0, so that every class counts as found.
        Assert.All(rows, row => Assert.Equal([1u, 2u], row.Tags));
        Assert.All(rows, row => Assert.Equal(2 * 10 * 13, row.Cam.Length));
    }

    [Fact]
    public void A_data_view_without_tags_can_be_labelled()
    {
        ITransformer[] parts = [.. ((IEnumerable<ITransformer>)labeller.Chain).Skip(1)];
        IDataView images = _ml.Data.LoadFromEnumerable(TinyPipeline.Rows(1).Select(row => new ImageRow { Image = row.Image }));
        IDataView labelled = new TransformerChain<ITransformer>(parts).Transform(images);

        Assert.Equal([1u, 2u], labelled.GetColumn<uint[]>("Tags").Single());
        Assert.Equal(TinyPipeline.Height * TinyPipeline.Width, labelled.GetColumn<byte[]>("SemanticMap").Single().Length);
    }

    [Fact]
    public void Semantic_maps_are_the_same_with_and_without_a_shared_walk()
    {
        ITransformer[] parts = [.. (IEnumerable<ITransformer>)labeller.Chain];
        IDataView alone = new TransformerChain<ITransformer>([.. parts[..3], parts[4]]).Transform(labeller.Rows);
        IDataView shared = labeller.Chain.Transform(labeller.Rows);

        LabelledRow[] rows = [.. _ml.Data.CreateEnumerable<LabelledRow>(shared, reuseRowObject: false)];
        Assert.Equal(alone.GetColumn<byte[]>("SemanticMap"), rows.Select(row => row.SemanticMap));
    }

    [Fact]
    public void A_disposed_chain_says_that_it_is()
    {
        var chain = _ml.Transforms.CreateLabeller(TinyPipeline.CamNetwork(), TinyPipeline.IrNetwork(), ["cat", "dog"]);
        IDataView labelled = chain.Transform(TinyPipeline.Tagged(_ml, 1));
        chain.Dispose();

        Assert.Throws<ObjectDisposedException>(() => labelled.GetColumn<float[]>("Cam").Count());
        Assert.Throws<ObjectDisposedException>(() => labelled.GetColumn<float[]>("Boundary").Count());
        Assert.Throws<ObjectDisposedException>(() => _ml.Model.Save(chain, null, new MemoryStream()));
    }

    private static string Describe(SchemaShape.Column column) =>
        $"{column.Name} {column.Kind} {column.ItemType} {column.IsKey} {string.Join(",", column.Annotations.Select(annotation => annotation.Name).Order())}";

    private sealed class ImageRow
    {
        [AnySizeImage]
        public MLImage? Image { get; set; }
    }
}
