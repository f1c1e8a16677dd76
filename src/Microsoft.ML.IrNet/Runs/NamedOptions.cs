using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Options as a flat list of names and values, so that two sets of them can be held against each other by name.</summary>
internal static class NamedOptions
{
    /// <summary>Lists an object's properties; those of an object within it as <c>outer.inner</c>, lists as one value.</summary>
    public static SortedDictionary<string, string> Of(object options)
    {
        var named = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(JsonSerializer.SerializeToNode(options, options.GetType(), JsonTypes.Plain), null);
        return named;

        void Add(JsonNode? node, string? name)
        {
            if (node is JsonObject inner)
                foreach ((string property, JsonNode? value) in inner)
                    Add(value, name is null ? property : $"{name}.{property}");
            else
                named[name!] = node switch
                {
                    null => "none",
                    JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
                    _ => node.ToJsonString(),
                };
        }
    }

    /// <summary>The first option, by name, of which two lists say different things; null where there is none.</summary>
    public static string? FirstDifference(IReadOnlyDictionary<string, string> one, IReadOnlyDictionary<string, string> other) =>
        one.Keys.Union(other.Keys).Order(StringComparer.Ordinal).FirstOrDefault(name => one.GetValueOrDefault(name) != other.GetValueOrDefault(name));
}
