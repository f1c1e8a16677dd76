using System.Text.Json;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Notebooks;

/// <summary>A notebook of the samples.</summary>
internal sealed class Notebook
{
    private Notebook(JsonElement json) => Json = json;

    public JsonElement Json { get; }

    /// <summary>Its code cells in order, each with whether it is tagged as the one whose values a caller may replace.</summary>
    public IEnumerable<(string Source, bool AreParameters)> Code => Json.GetProperty("cells").EnumerateArray()
        .Where(cell => cell.GetProperty("cell_type").GetString() == "code")
        .Select(cell => (string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString())), HasTag(cell, "parameters")));

    public static Notebook Read(string name) => new(JsonFile.Read(Repository.Require("samples", name)));

    private static bool HasTag(JsonElement cell, string tag) =>
        cell.GetProperty("metadata").TryGetProperty("tags", out JsonElement tags) && tags.EnumerateArray().Any(value => value.GetString() == tag);
}
