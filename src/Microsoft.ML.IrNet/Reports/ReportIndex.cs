using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Rendering;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>What the gallery of a report searches: names, tags, and class, score and error of every instance.</summary>
internal sealed class ReportIndex(IReadOnlyList<string> classes)
{
    private const int Colours = 40;

    private readonly JsonArray _photographs = [];
    private bool _hasTruth, _hasMaps;

    /// <summary>Drawn instances by class and error.</summary>
    public int[,] Drawn { get; } = new int[classes.Count, Enum.GetValues<InstanceError>().Length];

    /// <summary>Found instances by class and error.</summary>
    public int[,] Found { get; } = new int[classes.Count, Enum.GetValues<InstanceError>().Length];

    public void Add(ReportPhotograph photograph, ImageLabels found, ImageLabels? drawn, InstanceErrors? errors)
    {
        (_hasTruth, _hasMaps) = (_hasTruth || drawn is not null, _hasMaps || photograph.Maps is not null);
        _photographs.Add((JsonNode)new JsonObject
        {
            ["name"] = photograph.Name,
            ["tags"] = new JsonArray([.. photograph.Tags.Select(tag => (JsonNode)tag)]),
            ["found"] = new JsonArray([.. found.Instances.Select((instance, n) => Entry(Found, instance, errors?.Found[n], Math.Round(instance.Score, 3)))]),
            ["drawn"] = new JsonArray([.. (drawn?.Instances ?? []).Select((instance, n) => Entry(Drawn, instance, errors?.Drawn[n]))]),
        });
    }

    /// <summary>The text of the index.</summary>
    public string Json() => new JsonObject
    {
        ["classes"] = new JsonArray([.. classes.Select(name => (JsonNode)name)]),
        ["kinds"] = new JsonArray([.. Enum.GetValues<InstanceError>().Select(kind => (JsonNode)Title(kind))]),
        ["colours"] = new JsonArray([.. Enumerable.Range(0, Colours).Select(n => DistinctColours.Get(n)).Select(colour => (JsonNode)new JsonArray(colour.Red, colour.Green, colour.Blue))]),
        ["hasTruth"] = _hasTruth,
        ["hasMaps"] = _hasMaps,
        ["photographs"] = _photographs,
    }.ToJsonString();

    /// <summary>What a kind of error is called.</summary>
    public static string Title(InstanceError kind) => kind switch
    {
        InstanceError.None => "",
        InstanceError.Merged => "merged",
        InstanceError.Split => "split",
        InstanceError.WrongClass => "wrong class",
        InstanceError.LooseMask => "loose mask",
        InstanceError.Missed => "missed",
        _ => "false alarm",
    };

    private static JsonArray Entry(int[,] counts, InstanceLabel instance, InstanceError? error, double? score = null)
    {
        counts[instance.ClassIndex, (int)(error ?? InstanceError.None)]++;
        return new JsonArray([instance.ClassIndex, .. score is { } value ? (JsonNode[])[value] : [], (int)(error ?? InstanceError.None)]);
    }
}
