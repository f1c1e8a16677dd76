using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;

namespace HowTo;

/// <summary>A backbone with pretrained weights, from a safetensors or .pth file or fetched by name. The estimators do the same where BackboneWeights is a file or a name.</summary>
internal static class ImageNetWeights
{
    public static void Run(int depth, string weights, Recipe recipe)
    {
        // Fetched once into the user's cache and checked; without a network the error says which file to put where.
        string path = File.Exists(weights) ? weights : new WeightCache().FetchAsync(WeightSources.Find(weights)).GetAwaiter().GetResult();

        using var backbone = new ResNetBackbone(recipe.Cam.Backbone with { Depth = (ResNetDepth)depth });
        WeightReport report = ModuleWeights.Load(backbone, WeightFile.Read(path));
        report.RequireComplete(path);
        Console.WriteLine($"{path}: {report.Summary}");
    }
}
