using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Loads weights of a whole DeepLab by torchvision's names.</summary>
public static class DeepLabWeights
{
    private const string Backbone = "backbone.";

    /// <summary>Loads weights into a network. Layers of the heads that the weights lack or have in another shape, for another number of classes, stay as they are.</summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="source">What errors call them.</param>
    /// <returns>What was loaded; layers of the heads that stay as they are count as missing or misshapen.</returns>
    /// <exception cref="WeightsException">A layer of the backbone is missing or misshapen.</exception>
    public static WeightReport Load(DeepLabNetwork network, StateDict weights, string source)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        WeightReport report = ModuleWeights.Load(network, weights);
        (report with { Missing = [.. report.Missing.Where(IsOfBackbone)], Misshapen = [.. report.Misshapen.Where(IsOfBackbone)] }).RequireComplete(source);
        return report;
    }

    private static bool IsOfBackbone(string name) => name.StartsWith(Backbone, StringComparison.Ordinal);
}
