using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Makes the backbone that options describe, with the weights they name.</summary>
public static class BackboneSource
{
    /// <summary>Stands for torchvision's ImageNet weights of the backbone's depth.</summary>
    public const string ImageNet = "imagenet";

    /// <summary>Makes the backbone.</summary>
    /// <exception cref="WeightsException">The weights are not there, or not of this backbone.</exception>
    internal static Backbone Create(ResNetOptions shape, string? weights, Func<Backbone>? custom, IChannel channel, CancellationToken cancellation)
    {
        if (custom is not null)
            return custom();
        var backbone = new ResNetBackbone(shape);
        try
        {
            if (weights is null)
                channel.Warning("The backbone starts from random weights (BackboneWeights is null): expect to need many more photographs and epochs than with ImageNet weights.");
            else
                ModuleWeights.Load(backbone, WeightFile.Read(Find(shape.Depth, weights, channel, cancellation))).RequireComplete(weights);
            return backbone;
        }
        catch
        {
            backbone.Dispose();
            throw;
        }
    }

    private static string Find(ResNetDepth depth, string weights, IChannel channel, CancellationToken cancellation)
    {
        if (File.Exists(weights))
            return weights;
        WeightSource source = WeightSources.Find(weights == ImageNet ? $"resnet{(int)depth}" : weights);
        channel.Info($"Backbone weights: {source.Name} ({source.Address}).");
        var cache = new WeightCache();
        // Cancelling ends a download, but does not take away the model that is there.
        bool cached = File.Exists(Path.Combine(cache.Folder, source.FileName));
        return cache.FetchAsync(source, null, cached ? CancellationToken.None : cancellation).GetAwaiter().GetResult();
    }
}
