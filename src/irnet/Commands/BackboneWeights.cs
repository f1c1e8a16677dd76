using Microsoft.ML.IrNet;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;

namespace IrNetTool.Commands;

/// <summary>Finds the weights that <c>--backbone-weights</c> means: a file, a named source to fetch, or none.</summary>
internal static class BackboneWeights
{
    public static ResNetDepth Depth(string backbone) => backbone switch
    {
        "resnet18" or "18" => ResNetDepth.ResNet18,
        "resnet34" or "34" => ResNetDepth.ResNet34,
        "resnet50" or "50" => ResNetDepth.ResNet50,
        "resnet101" or "101" => ResNetDepth.ResNet101,
        _ => throw new OptionException("--backbone", $"'{backbone}' is not known; use resnet18, resnet34, resnet50 or resnet101."),
    };

    public static async Task<string?> FindAsync(string? given, string backbone, CancellationToken cancellation)
    {
        if (given == "none")
            return null;
        if (given is not null && File.Exists(given))
            return given;
        string name = given ?? $"resnet{(int)Depth(backbone)}";
        if (given is not null && !WeightSources.Known.Any(source => source.Name == given))
            throw new OptionException("--backbone-weights", $"'{given}' is no file and no known source; known are none, {string.Join(", ", WeightSources.Known.Select(source => source.Name))}.");
        var cache = new WeightCache();
        return await cache.FetchAsync(WeightSources.Find(name), null, cancellation).ConfigureAwait(false);
    }
}
