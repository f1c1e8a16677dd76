namespace Microsoft.ML.IrNet.Networks;

/// <summary>Backbone names in the published checkpoints, which hold every backbone weight three times: only <c>resnet50.*</c> counts.</summary>
internal static class OfficialBackbone
{
    private const string Prefix = "resnet50.";

    public static string? Name(string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) && !key.EndsWith(".num_batches_tracked", StringComparison.Ordinal)
            ? $"backbone.{key[Prefix.Length..]}"
            : null;
}
