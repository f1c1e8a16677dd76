using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public class SemanticEvaluatorTests
{
    private static readonly Lazy<GoldenSet> Golden = new(() => new GoldenSet("eval"));

    [SkippableTheory]
    [InlineData("sem_mixed")]
    [InlineData("sem_perfect")]
    [InlineData("sem_allvoid_one")]
    [InlineData("sem_all21")]
    public void Equals_the_published_evaluation(string name)
    {
        JsonElement expected = Golden.Value.Meta.GetProperty(name);
        var evaluator = new SemanticEvaluator(20);
        for (int i = 0; i < expected.GetProperty("n").GetInt32(); i++)
            evaluator.Add(Map($"{name}_gt{i}"), Map($"{name}_pred{i}"));
        SemanticMetrics metrics = evaluator.Compute();
        Assert.Equal(expected.GetProperty("miou").GetDouble(), metrics.MeanIoU, 1e-9);
        JsonElement perClass = expected.GetProperty("iou");
        for (int c = 0; c < 21; c++)
            Assert.Equal(c < perClass.GetArrayLength() && perClass[c].ValueKind == JsonValueKind.Number ? perClass[c].GetDouble() : double.NaN, metrics.PerClassIoU[c], 1e-9);
    }

    [Fact]
    public void Is_at_most_one_and_one_where_the_maps_agree() => Prop.ForAll(
        Gen.Choose(0, 3).Select(label => label == 3 ? LabelMap.Void : (byte)label).ArrayOf(24).ToArbitrary(), Gen.Choose(0, 2).Select(label => (byte)label).ArrayOf(24).ToArbitrary(),
        (truth, prediction) =>
        {
            double mean = Evaluate(truth, prediction);
            Assert.True(double.IsNaN(mean) ? truth.All(label => label == LabelMap.Void) : mean is >= 0 and <= 1);
            Assert.Equal(1, Evaluate(prediction, prediction));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nothing_added_gives_no_number() => Assert.True(double.IsNaN(new SemanticEvaluator(3).Compute().MeanIoU));

    [Fact]
    public void Maps_of_other_sizes_or_classes_are_refused()
    {
        var evaluator = new SemanticEvaluator(3);
        var truth = new LabelMap(2, 3, new byte[6]);
        Assert.Throws<ArgumentException>(() => evaluator.Add(truth, new LabelMap(3, 2, new byte[6])));
        Assert.Throws<ArgumentException>(() => evaluator.Add(truth, new LabelMap(2, 3, [0, 0, 4, 0, 0, 0])));
        Assert.Throws<ArgumentException>(() => evaluator.Add(new LabelMap(2, 3, [0, 0, 254, 0, 0, 0]), truth));
    }

    private static double Evaluate(byte[] truth, byte[] prediction)
    {
        var evaluator = new SemanticEvaluator(2);
        evaluator.Add(new LabelMap(4, 6, truth), new LabelMap(4, 6, prediction));
        return evaluator.Compute().MeanIoU;
    }

    private static LabelMap Map(string array) => new(Golden.Value.Shape(array)[0], Golden.Value.Shape(array)[1], Golden.Value.Read<byte>(array));
}
