using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>What a student starts from.</summary>
/// <param name="Shape">The backbone's shape.</param>
/// <param name="Backbone">The backbone's weights; not used where the whole network's are given.</param>
/// <param name="Whole">A file with the whole network's weights; null for none.</param>
/// <param name="Custom">Makes a backbone of the user's own; null for a residual network.</param>
internal sealed record StudentWeights(ResNetOptions Shape, string? Backbone, string? Whole, Func<Backbone>? Custom)
{
    /// <summary>Makes a network with them.</summary>
    /// <param name="create">Puts the heads on the backbone.</param>
    /// <param name="load">Loads a whole network's weights; what it reports as missing or misshapen starts anew.</param>
    /// <param name="channel">Where warnings go.</param>
    /// <param name="cancellation">Ends a download.</param>
    /// <exception cref="WeightsException">The weights are not there, or not of this network.</exception>
    public T Create<T>(Func<Backbone, T> create, Func<T, StateDict, string, WeightReport> load, IChannel channel, CancellationToken cancellation) where T : torch.nn.Module
    {
        Backbone backbone = Whole is not null && Custom is null ? new ResNetBackbone(Shape) : BackboneSource.Create(Shape, Backbone, Custom, channel, cancellation);
        T network;
        try
        {
            network = create(backbone);
        }
        catch
        {
            backbone.Dispose();
            throw;
        }
        try
        {
            if (Whole is not null && load(network, WeightFile.Read(Whole), Whole) is { } report && report.Missing.Count + report.Misshapen.Count > 0)
                channel.Warning($"{Whole} does not fit all of the heads: these layers start anew: {string.Join("; ", report.Misshapen.Concat(report.Missing))}.");
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }
}
