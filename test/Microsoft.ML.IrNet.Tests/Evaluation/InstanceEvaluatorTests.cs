using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public class InstanceEvaluatorTests
{
    private static readonly Lazy<GoldenSet> Golden = new(() => new GoldenSet("eval"));

    [SkippableTheory]
    [InlineData("ins_perfect")]
    [InlineData("ins_empty_pred")]
    [InlineData("ins_duplicates")]
    [InlineData("ins_ties")]
    [InlineData("ins_wrongclass_and_nogt")]
    [InlineData("ins_exact_half_iou")]
    [InlineData("ins_zero_scores")]
    [InlineData("ins_random12")]
    public void Equals_the_published_evaluation(string name)
    {
        JsonElement expected = Golden.Value.Meta.GetProperty(name);
        var evaluator = new InstanceEvaluator(20, 0.25, 0.5, 0.7, 0.75);
        for (int i = 0; i < expected.GetProperty("n").GetInt32(); i++)
            evaluator.Add(Instances(name, "g", i), Instances(name, "p", i));
        InstanceMetrics metrics = evaluator.Compute();
        foreach (JsonProperty threshold in expected.GetProperty("by_thresh").EnumerateObject())
        {
            AveragePrecisions actual = metrics.At(double.Parse(threshold.Name, CultureInfo.InvariantCulture));
            Assert.Equal(threshold.Value.GetProperty("map").GetDouble(), actual.Mean, 1e-6);
            JsonElement perClass = threshold.Value.GetProperty("ap");
            for (int c = 0; c < 20; c++)
                Assert.Equal(c < perClass.GetArrayLength() && perClass[c].ValueKind == JsonValueKind.Number ? perClass[c].GetDouble() : double.NaN, actual.PerClass[c], 1e-6);
        }
    }

    [Fact]
    public void Ap_is_between_zero_and_one_and_one_for_the_truth_itself() => Prop.ForAll(InstanceGenerators.Photographs, photographs =>
    {
        (var measured, var perfect) = (new InstanceEvaluator(2), new InstanceEvaluator(2));
        foreach ((InstanceLabel[] truth, InstanceLabel[] predictions) in photographs)
        {
            measured.Add(truth, predictions);
            perfect.Add(truth, truth);
        }
        bool any = photographs.Any(photograph => photograph.Truth.Length > 0);
        foreach (AveragePrecisions result in measured.Compute().Thresholds)
            Assert.True(any ? result.Mean is >= 0 and <= 1 : double.IsNaN(result.Mean));
        foreach (AveragePrecisions result in perfect.Compute().Thresholds)
            Assert.Equal(any ? 1 : double.NaN, result.Mean, 1e-12);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Crowds_are_neither_found_nor_missed()
    {
        var mask = new RunLengthMask(2, 2, [0, 4]);
        var evaluator = new InstanceEvaluator(1, 0.5);
        evaluator.Add([MaskGenerators.Instance(0, 1, mask) with { IsCrowd = true }], []);
        Assert.True(double.IsNaN(evaluator.Compute().At(0.5).Mean));
    }

    [Fact]
    public void Instances_that_cannot_be_ranked_are_refused()
    {
        var mask = new RunLengthMask(2, 2, [0, 4]);
        var evaluator = new InstanceEvaluator(2, 0.5);
        Assert.Throws<ArgumentException>(() => evaluator.Add([], [MaskGenerators.Instance(2, 1, mask)]));
        Assert.Throws<ArgumentException>(() => evaluator.Add([MaskGenerators.Instance(-1, 1, mask)], []));
        Assert.Throws<ArgumentException>(() => evaluator.Add([], [MaskGenerators.Instance(0, float.NaN, mask)]));
        Assert.Throws<ArgumentException>(() => evaluator.Compute().At(0.6));
    }

    private static InstanceLabel[] Instances(string name, string side, int image)
    {
        int[] shape = Golden.Value.Shape($"{name}_{side}m{image}");
        int[] labels = Golden.Value.Read<int>($"{name}_{side}l{image}");
        byte[] masks = Golden.Value.Read<byte>($"{name}_{side}m{image}");
        float[] scores = side == "p" ? Golden.Value.Read<float>($"{name}_ps{image}") : [.. labels.Select(_ => 1f)];
        int size = shape[1] * shape[2];
        return [.. labels.Select((label, i) => MaskGenerators.Instance(label, scores[i], RunLengthMask.FromRowMajor(shape[1], shape[2], masks.AsSpan(i * size, size))))];
    }
}
