using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public sealed class SemanticSegmentationEvaluationTests
{
    private static readonly string[] Classes = ["cat", "dog"];

    private readonly MLContext _ml = new(seed: 1);

    [Fact]
    public void Numbers_are_those_of_the_evaluator_with_names_and_without() => Prop.ForAll(Maps, maps =>
    {
        var evaluator = new SemanticEvaluator(2);
        foreach ((byte[] drawn, byte[] predicted) in maps)
            evaluator.Add(new LabelMap(2, 3, drawn), new LabelMap(2, 3, predicted));
        SemanticMetrics expected = evaluator.Compute();
        IDataView data = View([.. maps]);
        SemanticSegmentationMetrics named = Evaluate(data);
        Assert.Equal((maps.Length, 0, expected.MeanIoU), (named.Images, named.WithoutTruth, named.MeanIoU));
        Assert.Equal(((string[])["background", .. Classes]).Zip(expected.PerClassIoU), named.PerClassIoU.Select(entry => (entry.Key, entry.Value)));
        Assert.Equal(named.PerClassIoU, Evaluate(data, keyColumnName: null, classes: Classes).PerClassIoU);

        SemanticSegmentationMetrics numbered = Evaluate(data, keyColumnName: null);
        int largest = maps.SelectMany(map => (byte[])[.. map.Drawn, .. map.Predicted]).Where(label => label != LabelMap.Void).Append((byte)0).Max();
        Assert.Equal(expected.MeanIoU, numbered.MeanIoU);
        Assert.Equal(((string[])["background", "1", "2"]).Zip(expected.PerClassIoU).Take(largest + 1), numbered.PerClassIoU.Select(entry => (entry.Key, entry.Value)));

        (byte[], byte[])[] swapped = [.. maps.Select(map => (map.Drawn, Array.ConvertAll(map.Predicted, label => label is 1 or 2 ? (byte)(3 - label) : label)))];
        Assert.Equal(named.PerClassIoU, Evaluate(View(swapped), predictedClasses: ["dog", "cat"]).PerClassIoU);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    [Fact]
    public void Rows_without_a_drawn_map_are_left_out_and_counted()
    {
        SemanticSegmentationMetrics metrics = Evaluate(View(([], [1, 1]), ([0, 1], [0, 1])));
        Assert.Equal((1, 1, 1.0), (metrics.Images, metrics.WithoutTruth, metrics.MeanIoU));
        Assert.True(double.IsNaN(Evaluate(View()).MeanIoU));
    }

    [Fact]
    public void Maps_that_do_not_fit_are_named_with_their_row()
    {
        Refused("row 1, column 'SemanticMap'", "3 pixels", View(([0], [0]), ([0, 0], [0, 0, 0])));
        Refused("row 0, column 'SemanticMap'", "label 3", View(([0], [3])));
        Refused("row 1, column 'SemanticLabel'", "label 4", View(([0], [0]), ([4], [0])));
        Refused("row 0, column 'SemanticMap'", "'bird'", View(([0, 1], [1, 2])), "cat", "bird");
        Refused("row 0, column 'SemanticMap'", "label 2", View(([0, 1], [1, 2])), "cat");
    }

    [Fact]
    public void Predicted_classes_that_are_never_predicted_need_not_be_drawn() =>
        Assert.Equal(1, Evaluate(View(([0, 2], [0, 3])), predictedClasses: ["bird", "cat", "dog"]).MeanIoU);

    [Fact]
    public void Names_that_cannot_be_those_of_labels_are_refused()
    {
        IDataView data = View(([0], [0]));
        Assert.Contains("'cat'", Assert.Throws<OptionException>(() => Evaluate(data, classes: ["cat", "cat"])).Message, StringComparison.Ordinal);
        Assert.Contains("'background'", Assert.Throws<OptionException>(() => Evaluate(data, classes: ["background"])).Message, StringComparison.Ordinal);
        Assert.Equal("classes", Assert.Throws<OptionException>(() => Evaluate(data, classes: [])).Subject);
        Assert.Equal("predictedClasses", Assert.Throws<OptionException>(() => Evaluate(data, keyColumnName: null, predictedClasses: ["cat"])).Subject);
        IDataView keys = InstanceRow.View(_ml, [new InstanceRow()], ["background"], Classes);
        Assert.Contains("'Label'", Assert.Throws<OptionException>(() => Evaluate(keys)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_is_missing_or_of_another_type_is_named()
    {
        IDataView data = View(([0], [0]));
        foreach ((string label, string predicted, string? key, string named) in ((string, string, string?, string)[])
            [("Nothing", "SemanticMap", null, "Nothing"), ("SemanticLabel", "Masks", null, "Masks"), ("SemanticLabel", "SemanticMap", "Masks", "Masks")])
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.EvaluateSemanticSegmentation(data, label, predicted, key));
            Assert.Contains($"'{named}'", error.Message, StringComparison.Ordinal);
        }
    }

    private static Arbitrary<(byte[] Drawn, byte[] Predicted)[]> Maps { get; } = (
        from drawn in Gen.Elements<byte>(0, 1, 2, LabelMap.Void).ArrayOf(6)
        from predicted in Gen.Elements<byte>(0, 1, 2, LabelMap.Void).ArrayOf(6)
        select (drawn, predicted)).ArrayOf(3).ToArbitrary();

    private SemanticSegmentationMetrics Evaluate(
        IDataView data, string? keyColumnName = "Label", string[]? classes = null, string[]? predictedClasses = null) =>
        _ml.MulticlassClassification.EvaluateSemanticSegmentation(data, keyColumnName: keyColumnName, classes: classes, predictedClasses: predictedClasses);

    private void Refused(string subject, string reason, IDataView data, params string[] predictedClasses)
    {
        var error = Assert.Throws<DataSetException>(() => Evaluate(data, predictedClasses: predictedClasses.Length == 0 ? null : predictedClasses));
        Assert.Equal(subject, error.Subject);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private IDataView View(params (byte[] Drawn, byte[] Predicted)[] maps) => InstanceRow.View(
        _ml, maps.Select(map => new InstanceRow { ImageSize = [2, 3], SemanticLabel = map.Drawn, SemanticMap = map.Predicted }), Classes, Classes);
}
