using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Microsoft.ML.IrNet.Files;

/// <summary>
/// How types become JSON: by reflection, which has to be said, because programs may turn the default off. File-based apps do, as they are made ready for native compilation.
/// </summary>
internal static class JsonTypes
{
    /// <summary>For options of their own.</summary>
    public static IJsonTypeInfoResolver Resolver { get; } = new DefaultJsonTypeInfoResolver();

    /// <summary>Nothing but that.</summary>
    public static JsonSerializerOptions Plain { get; } = new() { TypeInfoResolver = Resolver };
}
