using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Tests.Estimators;

[Collection("torch")]
public sealed class LazinessTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);
    private readonly IDataView _rows;
    private readonly TransformerChain<ITransformer> _chain;
    private readonly IDataView _labelled;

    public LazinessTests()
    {
        _rows = TinyPipeline.Tagged(_ml, 5);
        _chain = _ml.Transforms.CreateLabeller(
            new CamNetwork(new CountingBackbone(), 2), new IrNetwork(new CountingBackbone()), ["cat", "dog"],
            new LabellerOptions { Cam = new() { Maps = new CamOptions { Scales = [1f], Flip = false } }, IrNet = new() { Maps = new() { Canvas = 64 } } });
        _labelled = _chain.Transform(_rows);
        CountingBackbone.Runs = 0;
    }

    public void Dispose() => _chain.Dispose();

    // One run of the classifier at scale 1; two of IRNet, for the photograph and its mirror image.
    [Theory]
    [InlineData("ImageSize", 0)]
    [InlineData("MapSize", 0)]
    [InlineData("Tags", 0)]
    [InlineData("ClassScore", 1)]
    [InlineData("Cam", 1)]
    [InlineData("CamFullResolution", 1)]
    [InlineData("Boundary", 2)]
    [InlineData("PredictedMasks", 3)]
    [InlineData("SemanticMap", 3)]
    [InlineData("SemanticMap PredictedMasks PredictedLabel Score Cam CamFullResolution ClassScore Boundary Displacement MapSize", 3)]
    public void A_row_is_computed_once_and_as_far_as_the_columns_need(string names, int runsPerRow)
    {
        DataViewSchema.Column[] columns = [.. names.Split(' ').Select(name => _labelled.Schema[name])];
        using DataViewRowCursor cursor = _labelled.GetRowCursor(columns);
        Action[] reads = [.. columns.Select(column => Reader(cursor, column))];

        for (int row = 1; row <= 3; row++)
        {
            Assert.True(cursor.MoveNext());
            foreach (Action read in (Action[])[.. reads, .. reads])
                read();
            Assert.Equal(row * runsPerRow, CountingBackbone.Runs);
        }
    }

    [Fact]
    public void Taking_two_rows_computes_two_rows()
    {
        Assert.Equal(2, _labelled.GetColumn<byte[]>("SemanticMap").Take(2).Count());
        Assert.Equal(2 * 3, CountingBackbone.Runs);
    }

    [Fact]
    public void Taking_rows_by_ML_NETs_filter_computes_no_more()
    {
        IDataView view = _ml.Data.TakeRows(_labelled, 2);

        Assert.Equal(2, view.GetColumn<byte[]>("SemanticMap").Count());
        Assert.Equal(2 * 3, CountingBackbone.Runs);
    }

    [Fact]
    public void Moving_over_rows_computes_nothing()
    {
        using DataViewRowCursor cursor = _labelled.GetRowCursor(_labelled.Schema);
        while (cursor.MoveNext())
            Assert.True(cursor.IsColumnActive(_labelled.Schema["SemanticMap"]));
        Assert.Equal(0, CountingBackbone.Runs);
    }

    [Fact]
    public void A_set_of_cursors_is_one_cursor()
    {
        DataViewRowCursor[] cursors = _labelled.GetRowCursorSet([_labelled.Schema["Cam"]], 4);

        Assert.Single(cursors).Dispose();
    }

    [Fact]
    public void One_walk_serves_instances_and_semantic_maps()
    {
        using var cursor = (MappedCursor)_labelled.GetRowCursor([_labelled.Schema["SemanticMap"], _labelled.Schema["Score"]]);
        var below = Assert.IsType<MappedCursor>(cursor.Row.Input);

        var labels = Assert.IsType<Lazy<PseudoLabelRow>>(cursor.Row.Shared);
        Assert.Same(below.Row.Shared, labels);
        Assert.True(labels.Value.WantsInstances && labels.Value.WantsSemantic);
    }

    [Fact]
    public void Other_thresholds_get_their_own_walk()
    {
        var other = _ml.Transforms.SemanticPseudoLabels(new() { Labels = new() { SemanticBackgroundThreshold = 0.4f }, SemanticMapColumnName = "Other" }).Fit(_labelled);
        IDataView view = other.Transform(_labelled);
        using var cursor = (MappedCursor)view.GetRowCursor([view.Schema["SemanticMap"], view.Schema["Other"]]);

        Assert.NotSame(((MappedCursor)cursor.Row.Input).Row.Shared, cursor.Row.Shared);
    }

    [Fact]
    public void A_column_that_was_not_asked_for_cannot_be_read()
    {
        using DataViewRowCursor cursor = _labelled.GetRowCursor([_labelled.Schema["Cam"]]);

        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<float>>(_labelled.Schema["Boundary"]));
        Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<VBuffer<int>>(_labelled.Schema["Cam"]));
    }

    private static Action Reader(DataViewRow row, DataViewSchema.Column column) => ((VectorDataViewType)column.Type).ItemType.RawType switch
    {
        var type when type == typeof(float) => Reader<float>(row, column),
        var type when type == typeof(int) => Reader<int>(row, column),
        var type when type == typeof(uint) => Reader<uint>(row, column),
        var type when type == typeof(byte) => Reader<byte>(row, column),
        _ => Reader<ReadOnlyMemory<char>>(row, column),
    };

    private static Action Reader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> buffer = default;
        return () => getter(ref buffer);
    }
}
