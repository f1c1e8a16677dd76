using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Masks;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public class LabelEvaluationTests
{
    private static readonly string[] Classes = ["cat", "dog"];

    [Fact]
    public void The_truth_itself_scores_one_and_the_splits_are_counted()
    {
        PhotographSet set = Set(Truth("100200"), Truth("102030"), Truth("010203"), Truth("101000"), null);
        EvaluationReport report = LabelEvaluation.Evaluate(set, photograph => photograph.ReadGroundTruth!());
        Assert.Equal((4, 4, 1, 0), (report.Images, report.InstanceImages, report.WithoutGroundTruth, report.WithoutLabels.Count));
        Assert.Equal([1, 1, 1], new[] { report.Semantic.MeanIoU, report.Instance.At(0.75).Mean, report.Split.ClassRepeats.AP50 });
        Assert.Equal(1, report.Coco.AP, 1e-9);
        // "100200": class 0 and class 1; "102030": 0, 1, 0; "010203" the same; "101000": one object of two pixels.
        Assert.Equal((1, 3, 2), (report.Split.OneInstance.Images, report.Split.SeveralInstances.Images, report.Split.ClassRepeats.Images));
    }

    [Fact]
    public void Instances_are_measured_on_the_named_photographs_and_unlabelled_ones_are_named()
    {
        PhotographSet set = Set(Truth("100000"), Truth("020000"), Truth("001000"));
        var options = new EvaluationOptions { InstanceNames = new HashSet<string> { "p1" } };
        var progress = new List<int>();
        EvaluationReport report = LabelEvaluation.Evaluate(
            set, photograph => photograph.Name == "p2" ? null : Labels("020000"), options, new Recorder(progress));
        Assert.Equal((2, 1), (report.Images, report.InstanceImages));
        Assert.Equal(["p2"], report.WithoutLabels);
        Assert.Equal(1, report.Instance.At(0.5).Mean);
        Assert.Equal(0, report.Semantic.PerClassIoU[1]);
        Assert.Equal([1, 2, 3], progress);
    }

    [Fact]
    public void The_report_has_the_shape_of_metrics_json()
    {
        JsonNode json = JsonNode.Parse(LabelEvaluation.Evaluate(Set(Truth("110000")), photograph => Labels("110000")).ToJson(Classes))!;
        Assert.Equal(1, (int)json["images"]!);
        Assert.Equal(1, (double)json["semantic"]!["mIoU"]!);
        Assert.Equal(["background", "cat", "dog"], json["semantic"]!["perClass"]!.AsObject().Select(entry => entry.Key));
        Assert.Equal(["AP50", "AP70", "AP75", "perClass"], json["instance"]!.AsObject().Select(entry => entry.Key));
        Assert.Null(json["instance"]!["perClass"]!["dog"]);
        Assert.Equal(12, json["coco"]!.AsObject().Count);
        Assert.Null(json["coco"]!["APl"]);
        Assert.Equal(1, (double)json["coco"]!["AP50"]!, 1e-9);
        Assert.Equal(1, (int)json["split"]!["oneInstance"]!["images"]!);
    }

    [Theory]
    [InlineData(3, 2, 0, "3 x 2")]
    [InlineData(2, 3, 3, "label 3")]
    public void Labels_that_do_not_fit_are_named(int height, int width, byte label, string reason)
    {
        var map = new LabelMap(height, width, [label, 0, 0, 0, 0, 0]);
        var error = Assert.Throws<DataSetException>(() => LabelEvaluation.Evaluate(Set(Truth("110000")), _ => new ImageLabels([], map)));
        Assert.Contains("p0", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Instances_that_do_not_fit_are_named()
    {
        InstanceLabel turned = MaskGenerators.Instance(0, 1, new RunLengthMask(3, 2, [6]));
        InstanceLabel strange = MaskGenerators.Instance(2, 1, new RunLengthMask(2, 3, [6]));
        foreach (InstanceLabel instance in new[] { turned, strange })
        {
            var error = Assert.Throws<DataSetException>(() => LabelEvaluation.Evaluate(
                Set(Truth("110000")), _ => new ImageLabels([instance], new LabelMap(2, 3, new byte[6]))));
            Assert.Contains("p0", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Can_be_cancelled_between_photographs()
    {
        using var source = new CancellationTokenSource();
        int asked = 0;
        Assert.Throws<OperationCanceledException>(() => LabelEvaluation.Evaluate(
            Set(Truth("100000"), Truth("100000")),
            _ =>
            {
                asked++;
                source.Cancel();
                return Labels("100000");
            },
            cancellationToken: source.Token));
        Assert.Equal(1, asked);
    }

    private static PhotographSet Set(params Func<ImageLabels>?[] truths) =>
        new(Classes, [.. truths.Select((truth, i) => new Photograph($"p{i}", $"p{i}.png", []) { ReadGroundTruth = truth })]);

    private static Func<ImageLabels> Truth(string pixels) => () => Labels(pixels);

    // 2 x 3 pixels, one object for each digit: odd digits are cats, even ones dogs.
    private static ImageLabels Labels(string pixels)
    {
        InstanceLabel[] instances = [.. pixels.Distinct().Where(digit => digit != '0').Order().Select(digit => MaskGenerators.Instance(
            (digit - '1') % 2, 1, RunLengthMask.FromRowMajor(2, 3, [.. pixels.Select(pixel => (byte)(pixel == digit ? 1 : 0))])))];
        return new ImageLabels(instances, InstanceMaps.Semantic(2, 3, instances));
    }

    private sealed class Recorder(List<int> seen) : IProgress<int>
    {
        public void Report(int value) => seen.Add(value);
    }
}
