using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Notebooks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Everything measured of a set of labels.</summary>
/// <param name="Images">Photographs that were measured.</param>
/// <param name="InstanceImages">Those of them on which instances were measured.</param>
/// <param name="WithoutGroundTruth">Photographs left out because their data set has no masks for them.</param>
/// <param name="WithoutLabels">Names of photographs left out because they were not labelled.</param>
/// <param name="Semantic">Semantic maps.</param>
/// <param name="Instance">AP^r at IoU 0.5, 0.7 and 0.75.</param>
/// <param name="Coco">COCO's numbers for masks.</param>
/// <param name="CocoBox">COCO's numbers for boxes.</param>
/// <param name="Split">AP^r at IoU 0.5 by what a photograph holds.</param>
[TypeFormatterSource(typeof(NotebookFormatterSource))]
public sealed record EvaluationReport(
    int Images, int InstanceImages, int WithoutGroundTruth, IReadOnlyList<string> WithoutLabels,
    SemanticMetrics Semantic, InstanceMetrics Instance, CocoMetrics Coco, CocoMetrics CocoBox, InstanceSplit Split)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>The text of metrics.json: values in 0..1, null for what is not defined.</summary>
    /// <param name="classes">The names of the classes.</param>
    public string ToJson(IReadOnlyList<string> classes) => ToJsonObject(classes).ToJsonString(Indented);

    /// <summary>The content of metrics.json, to which a run adds its stages.</summary>
    /// <param name="classes">The names of the classes.</param>
    public JsonObject ToJsonObject(IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        AveragePrecisions at50 = Instance.At(0.5);
        return new JsonObject
        {
            ["images"] = Images,
            ["instanceImages"] = InstanceImages,
            ["withoutGroundTruth"] = WithoutGroundTruth,
            ["withoutLabels"] = WithoutLabels.Count,
            ["semantic"] = new JsonObject
            {
                ["mIoU"] = Number(Semantic.MeanIoU),
                ["perClass"] = PerClass(["background", .. classes], Semantic.PerClassIoU),
            },
            ["instance"] = new JsonObject
            {
                ["AP50"] = Number(at50.Mean),
                ["AP70"] = Number(Instance.At(0.7).Mean),
                ["AP75"] = Number(Instance.At(0.75).Mean),
                ["perClass"] = PerClass(classes, at50.PerClass),
            },
            ["coco"] = Numbers(Coco),
            ["cocoBox"] = Numbers(CocoBox),
            ["split"] = new JsonObject
            {
                ["oneInstance"] = Part(Split.OneInstance, classes),
                ["severalInstances"] = Part(Split.SeveralInstances, classes),
                ["classRepeats"] = Part(Split.ClassRepeats, classes),
            },
        };
    }

    private static JsonObject PerClass(IReadOnlyList<string> names, IReadOnlyList<double> values)
    {
        if (names.Count != values.Count)
            throw new ArgumentException($"{names.Count} names were given for {values.Count} values.", nameof(names));
        var json = new JsonObject();
        for (int i = 0; i < names.Count; i++)
            json[names[i]] = Number(values[i]);
        return json;
    }

    private static JsonObject Numbers(CocoMetrics metrics) =>
        new(metrics.Numbers.Select(number => KeyValuePair.Create<string, JsonNode?>(number.Key, Number(number.Value))));

    private static JsonObject Part(SplitResult part, IReadOnlyList<string> classes) => new()
    {
        ["images"] = part.Images,
        ["AP50"] = Number(part.AP50),
        ["perClass"] = PerClass(classes, part.Precisions.PerClass),
    };

    private static JsonValue? Number(double value) => double.IsNaN(value) ? null : JsonValue.Create(value);
}
