using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Data;

public class LabelsRowTests
{
    [Fact]
    public void Its_columns_are_the_labels()
    {
        ImageLabels labels = Row().ToImageLabels();
        InstanceLabel instance = Assert.Single(labels.Instances);
        Assert.Equal((1, 0.5f, new BoundingBox(1, 0, 3, 2)), (instance.ClassIndex, instance.Score, instance.Box));
        Assert.Equal([0, 1, 1, 0, 1, 1], instance.Mask.ToRowMajor());
        Assert.Equal((2, 3), (labels.Semantic.Height, labels.Semantic.Width));
        Assert.Equal([0, 2, 2, 0, 2, 2], labels.Semantic.Labels);
    }

    [Fact]
    public void Nothing_found_is_no_instance() => Assert.Empty(new LabelsRow { ImageSize = [1, 1], SemanticMap = [0] }.ToImageLabels().Instances);

    public static TheoryData<Action<LabelsRow>, string> Broken => new()
    {
        { row => row.ImageSize = [], "ImageSize" },
        { row => row.SemanticMap = [0], "SemanticMap" },
        { row => row.Score = [], "0 scores" },
        { row => row.PredictedMasks = [], "0 masks" },
        { row => row.PredictedBoundingBoxes = [1, 2, 3], "3 sides" },
        { row => row.PredictedLabel = [0], "no class for instance 0" },
        { row => row.PredictedMasks = ["no mask"], "" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Columns_that_do_not_fit_each_other_are_named(Action<LabelsRow> spoil, string problem)
    {
        LabelsRow row = Row();
        spoil(row);
        Assert.Contains(problem, Assert.Throws<DataSetException>(row.ToImageLabels).Message, StringComparison.Ordinal);
    }

    private static LabelsRow Row() => new()
    {
        ImageSize = [2, 3],
        PredictedLabel = [2],
        Score = [0.5f],
        PredictedBoundingBoxes = [1, 0, 3, 2],
        PredictedMasks = [RunLengthMask.FromRowMajor(2, 3, [0, 1, 1, 0, 1, 1]).ToCompressedString()],
        SemanticMap = [0, 2, 2, 0, 2, 2],
    };
}
