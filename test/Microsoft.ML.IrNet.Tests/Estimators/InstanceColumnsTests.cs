using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Evaluation;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Estimators;

public sealed class InstanceColumnsTests
{
    private static readonly string[] Classes = ["cat", "dog"];
    private static readonly InstanceColumnOptions Drawn = new("Label", "Masks") { BoundingBoxesColumnName = "BoundingBoxes" };
    private static readonly InstanceColumnOptions Found =
        new("PredictedLabel", "PredictedMasks") { BoundingBoxesColumnName = "PredictedBoundingBoxes", ScoreColumnName = "Score", AreFound = true };

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Instances_are_read_back_as_they_were()
    {
        IReadOnlyList<InstanceLabel> drawn = Read(Row(), Drawn), found = Read(Row(), Found);
        Assert.Equal([(1, 1f, new BoundingBox(1, 0, 3, 2)), (0, 1f, new BoundingBox(0, 3, 1, 4))], drawn.Select(Content));
        Assert.Equal([(1, 0.5f, new BoundingBox(1, 0, 3, 2)), (0, 0.25f, new BoundingBox(0, 3, 1, 4))], found.Select(Content));
        Assert.Equal(Instances().Select(instance => instance.Mask.Counts), drawn.Select(instance => instance.Mask.Counts));
        Assert.Empty(Read(new InstanceRow(), Found));
    }

    [Fact]
    public void Without_a_box_column_boxes_are_those_of_the_masks()
    {
        InstanceRow row = Row();
        row.BoundingBoxes = [];
        Assert.Equal(Instances().Select(instance => instance.Box), Read(row, Drawn with { BoundingBoxesColumnName = null }).Select(instance => instance.Box));
        Assert.Equal(2, Read(row, Drawn with { BoundingBoxesColumnName = "NoSuchColumn" }).Count);
    }

    [Fact]
    public void A_box_may_be_a_pixel_short_and_not_more()
    {
        Assert.Equal(2, Read(Row(box: [2, 1, 2.5f, 1.5f]), Drawn).Count);
        Refused(Row(box: [2.1f, 1, 3, 2]), "row 0, column 'BoundingBoxes', instance 0", "1, 0, 3, 2");
        Refused(Row(box: [1, 0, 1.9f, 2]), "row 0, column 'BoundingBoxes', instance 0", "1.9");
    }

    [Fact]
    public void Boxes_that_are_none_are_named()
    {
        Refused(Row(box: [1, 0, 1, 2]), "row 0, column 'BoundingBoxes', instance 0", "x0 < x1");
        Refused(Row(box: [3, 0, 1, 2]), "row 0, column 'BoundingBoxes', instance 0", "x0 < x1");
        Refused(Row(box: [1, float.NaN, 3, 2]), "row 0, column 'BoundingBoxes', instance 0", "finite");
        Refused(Row(box: [1, 0, float.PositiveInfinity, 2]), "row 0, column 'BoundingBoxes', instance 0", "finite");
    }

    [Fact]
    public void Counts_that_differ_are_named()
    {
        InstanceRow row = Row();
        row.BoundingBoxes = row.BoundingBoxes[..7];
        Refused(row, "row 0, column 'BoundingBoxes'", "7 values");
        row = Row();
        row.Masks = row.Masks[..1];
        Refused(row, "row 0, column 'Masks'", "2 instances");
        row = Row();
        row.Score = [1];
        Refused(row, "row 0, column 'Score'", "expected 1 for each", Found);
    }

    [Fact]
    public void Masks_that_are_none_are_named()
    {
        InstanceRow row = Row();
        row.Masks[1] = "~";
        Refused(row, "row 0, column 'Masks', instance 1", "4 x 5");
        row.Masks[1] = RunLengthMask.FromRowMajor(5, 5, new byte[25]).ToCompressedString();
        Refused(row, "row 0, column 'Masks', instance 1", "4 x 5");
        row.Masks[1] = RunLengthMask.FromRowMajor(4, 5, new byte[20]).ToCompressedString();
        Refused(row, "row 0, column 'Masks', instance 1", "x0 < x1", Drawn with { BoundingBoxesColumnName = null });
    }

    [Fact]
    public void Keys_and_scores_that_are_none_are_named()
    {
        InstanceRow row = Row();
        row.DrawnNames[1] = "wolf";
        Refused(row, "row 0, column 'Label', instance 1", "key 0");
        row = Row();
        row.Score[0] = float.NaN;
        Refused(row, "row 0, column 'Score', instance 0", "finite", Found);
        Refused(Row(), "row 0, column 'Label', instance 0", "'dog'", Drawn, "cat", "bird");
    }

    [Fact]
    public void What_was_found_may_be_worth_nothing()
    {
        InstanceRow row = Row();
        row.PredictedMasks[0] = RunLengthMask.FromRowMajor(4, 5, new byte[20]).ToCompressedString();
        row.PredictedBoundingBoxes = [2, 2, 2, 2, 4, 0, 5, 1];
        Assert.Equal(2, Read(row, Found).Count);
        row.PredictedBoundingBoxes[2] = 1;
        Refused(row, "row 0, column 'PredictedBoundingBoxes', instance 0", "x0 < x1", Found);
    }

    private static (int, float, BoundingBox) Content(InstanceLabel instance) => (instance.ClassIndex, instance.Score, instance.Box);

    private static InstanceLabel[] Instances() =>
    [
        MaskGenerators.Instance(1, 0.5f, RunLengthMask.FromRowMajor(4, 5, [0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
        MaskGenerators.Instance(0, 0.25f, RunLengthMask.FromRowMajor(4, 5, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0])),
    ];

    private static InstanceRow Row(params float[] box)
    {
        InstanceRow row = InstanceRow.Of(Instances(), Instances(), Classes);
        box.CopyTo(row.BoundingBoxes, 0);
        return row;
    }

    private void Refused(InstanceRow row, string subject, string reason, InstanceColumnOptions? options = null, params string[] classes)
    {
        var error = Assert.Throws<DataSetException>(() => Read(row, options ?? Drawn, classes));
        Assert.Equal(subject, error.Subject);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<InstanceLabel> Read(InstanceRow row, InstanceColumnOptions options, params string[] classes)
    {
        IDataView view = InstanceRow.View(_ml, [row], Classes, Classes);
        using DataViewRowCursor cursor = view.GetRowCursor(InstanceColumns.Needed(view.Schema, options));
        var columns = new InstanceColumns(cursor, options, classes.Length > 0 ? classes : Classes);
        Assert.True(cursor.MoveNext());
        return columns.Read(4, 5);
    }
}
