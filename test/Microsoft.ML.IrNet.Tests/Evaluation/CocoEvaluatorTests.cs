using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Evaluation;

public class CocoEvaluatorTests
{
    private static readonly Lazy<GoldenSet> Golden = new(() => new GoldenSet("coco_eval"));

    [SkippableTheory]
    [InlineData("basic")]
    [InlineData("crowds")]
    [InlineData("ties")]
    [InlineData("empties")]
    [InlineData("manydets")]
    [InlineData("small_only")]
    [InlineData("polygons")]
    [InlineData("missing_cat")]
    [InlineData("same_score")]
    [InlineData("hand")]
    [InlineData("no_dets_on_most")]
    public void Equals_pycocotools(string name)
    {
        JsonElement recorded = Golden.Value.Meta.GetProperty("sets").GetProperty(name);
        JsonElement truth = Json(recorded.GetProperty("gt").GetString()!), predictions = Json(recorded.GetProperty("dt").GetString()!);
        foreach ((CocoIouKind kind, string key) in new[] { (CocoIouKind.Mask, "segm"), (CocoIouKind.Box, "bbox") })
        {
            double[] expected = [.. recorded.GetProperty(key).EnumerateArray().Select(number => number.GetDouble())];
            var actual = Evaluate(truth, predictions, kind).Numbers;
            Assert.Equal(Golden.Value.Meta.GetProperty("stats").EnumerateArray().Select(stat => stat.GetString()), actual.Select(number => number.Key));
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i] == -1 ? double.NaN : expected[i], actual[i].Value, 1e-9);
        }
    }

    [Fact]
    public void Is_between_zero_and_one_and_one_for_the_truth_itself() => Prop.ForAll(InstanceGenerators.Photographs, photographs =>
    {
        foreach (CocoIouKind kind in Enum.GetValues<CocoIouKind>())
        {
            (var measured, var perfect) = (new CocoEvaluator(2, kind), new CocoEvaluator(2, kind));
            foreach ((InstanceLabel[] truth, InstanceLabel[] predictions) in photographs)
            {
                measured.Add(truth, predictions);
                perfect.Add(truth, truth);
            }
            Assert.All(measured.Compute().Numbers, number => Assert.True(double.IsNaN(number.Value) || number.Value is >= 0 and <= 1.0000001));
            bool any = photographs.Any(photograph => photograph.Truth.Length > 0);
            Assert.Equal(any ? 1 : double.NaN, perfect.Compute().AP, 1e-9);
            Assert.Equal(any ? 1 : double.NaN, perfect.Compute().AR100, 1e-9);
        }
    }).QuickCheckThrowOnFailure();

    private static CocoMetrics Evaluate(JsonElement truth, JsonElement predictions, CocoIouKind kind)
    {
        long[] categories = [.. truth.GetProperty("categories").EnumerateArray().Select(category => category.GetProperty("id").GetInt64()).Order()];
        var evaluator = new CocoEvaluator(categories.Length, kind);
        foreach (JsonElement image in truth.GetProperty("images").EnumerateArray().OrderBy(image => image.GetProperty("id").GetInt64()))
            evaluator.Add(Instances(truth.GetProperty("annotations"), image, categories), Instances(predictions, image, categories));
        return evaluator.Compute();
    }

    private static InstanceLabel[] Instances(JsonElement list, JsonElement image, long[] categories) =>
    [
        .. from entry in list.EnumerateArray()
           where entry.GetProperty("image_id").GetInt64() == image.GetProperty("id").GetInt64()
           let box = entry.GetProperty("bbox")
           let mask = CocoSegmentation.Read(entry.GetProperty("segmentation"), image.GetProperty("height").GetInt32(), image.GetProperty("width").GetInt32())
           select new InstanceLabel(
               Array.IndexOf(categories, entry.GetProperty("category_id").GetInt64()),
               entry.TryGetProperty("score", out JsonElement score) ? score.GetSingle() : 1,
               new BoundingBox(box[0].GetSingle(), box[1].GetSingle(), box[0].GetSingle() + box[2].GetSingle(), box[1].GetSingle() + box[3].GetSingle()),
               mask)
           {
               IsCrowd = entry.TryGetProperty("iscrowd", out JsonElement crowd) && crowd.GetInt32() == 1,
               StatedArea = entry.TryGetProperty("area", out JsonElement area) ? area.GetDouble() : null,
           },
    ];

    private static JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllText(Golden.Value.PathOf(file))).RootElement;
}
