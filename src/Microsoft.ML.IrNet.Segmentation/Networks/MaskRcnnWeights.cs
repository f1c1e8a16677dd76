using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Loads weights of a whole Mask R-CNN by torchvision's names, those of its published COCO file included.</summary>
public static class MaskRcnnWeights
{
    // What depends on the number of classes.
    private static readonly string[] Heads = ["roi_heads.box_predictor.", "roi_heads.mask_predictor.mask_fcn_logits."];

    /// <summary>
    /// Loads weights into a network. The layers that depend on the number of classes stay as they are where that differs; the report has them as misshapen.
    /// torchvision's published file, known by its older names, was trained with batch norms without epsilon; their scales are adjusted to give the same.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="source">What errors call them.</param>
    /// <exception cref="WeightsException">Another layer is missing or misshapen.</exception>
    public static WeightReport Load(MaskRcnnNetwork network, StateDict weights, string source)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(weights);
        bool published = weights.Values.Any(tensor => tensor.Name == "rpn.head.conv.weight");
        WeightReport report = ModuleWeights.Load(network, weights, published ? CurrentName : null);
        (report with { Misshapen = [.. report.Misshapen.Where(name => !Heads.Any(head => name.StartsWith(head, StringComparison.Ordinal)))] }).RequireComplete(source);
        if (published)
            RemoveEpsilon(network.Backbone);
        return report;
    }

    /// <summary>The present name of a weight in torchvision's published file.</summary>
    internal static string CurrentName(string name)
    {
        string[] parts = name.Split('.');
        return parts switch
        {
            ["backbone", "fpn", "inner_blocks" or "layer_blocks", var level, var kind] => $"backbone.fpn.{parts[2]}.{level}.0.{kind}",
            ["rpn", "head", "conv", var kind] => $"rpn.head.conv.0.0.{kind}",
            ["roi_heads", "mask_head", var layer, var kind] when layer.StartsWith("mask_fcn", StringComparison.Ordinal) && int.TryParse(layer.AsSpan(8), out int number) =>
                $"roi_heads.mask_head.{number - 1}.0.{kind}",
            _ => name,
        };
    }

    // w / sqrt(v) = w sqrt((v + e) / v) / sqrt(v + e).
    private static void RemoveEpsilon(Backbone backbone)
    {
        using var noGradient = no_grad();
        foreach (BatchNormalisation norm in backbone.modules().OfType<BatchNormalisation>())
        {
            using var scope = NewDisposeScope();
            norm.Weight.copy_(norm.Weight * (norm.RunningVariance.Plus(BatchNormalisation.Epsilon) / norm.RunningVariance).sqrt());
        }
    }
}
