using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Training;

/// <summary>The losses of both stages as tensors, differentiable in the network's outputs.</summary>
internal static class DetectionLosses
{
    // Where smooth L1 turns from a parabola into a line.
    private const double Beta = 1.0 / 9;

    /// <summary>The first stage's (Ren et al., NeurIPS 2015, equation 1).</summary>
    /// <param name="objectness">Logits [B,anchors].</param>
    /// <param name="codes">[B,anchors,4].</param>
    /// <param name="targets">Of each image.</param>
    public static (Tensor Objectness, Tensor Regression) OfAnchors(Tensor objectness, Tensor codes, IReadOnlyList<AnchorTargets> targets)
    {
        using var scope = NewDisposeScope();
        long anchors = objectness.shape[1];
        Device device = objectness.device;
        long[] sampled = [.. targets.SelectMany((target, image) => target.Sampled.Select(anchor => image * anchors + anchor))];
        long[] positive = [.. targets.SelectMany((target, image) => target.Positive.Select(anchor => image * anchors + anchor))];
        Tensor labels = tensor([.. targets.SelectMany(target => target.Labels)], device: device);
        Tensor wanted = tensor([.. targets.SelectMany(target => target.Codes)], [positive.Length, 4], device: device);
        Tensor found = codes.reshape(-1, 4).index_select(0, tensor(positive, device: device));
        return (
            nn.functional.binary_cross_entropy_with_logits(objectness.flatten().index_select(0, tensor(sampled, device: device)), labels).MoveToOuterDisposeScope(),
            nn.functional.smooth_l1_loss(found, wanted, nn.Reduction.Sum, Beta).Scale(1.0 / Math.Max(1, sampled.Length)).MoveToOuterDisposeScope());
    }

    /// <summary>The box branch's (Girshick, ICCV 2015, equation 1).</summary>
    /// <param name="logits">[regions,labels].</param>
    /// <param name="codes">[regions,4 labels], label-major.</param>
    /// <param name="labels">Of each region; 0 for background.</param>
    /// <param name="weights">Of each region; 1 for background.</param>
    /// <param name="targets">Four codes of each region.</param>
    public static (Tensor Classifier, Tensor Regression) OfRegions(Tensor logits, Tensor codes, long[] labels, float[] weights, float[] targets)
    {
        using var scope = NewDisposeScope();
        Device device = logits.device;
        long kinds = logits.shape[1];
        double share = 1.0 / Math.Max(1, labels.Length);
        Tensor classifier = (nn.functional.cross_entropy(logits, tensor(labels, device: device), reduction: nn.Reduction.None) * tensor(weights, device: device)).sum();

        int[] positive = [.. Enumerable.Range(0, labels.Length).Where(region => labels[region] > 0)];
        Tensor found = codes.reshape(-1, 4).index_select(0, tensor(Array.ConvertAll(positive, region => region * kinds + labels[region]), device: device));
        Tensor wanted = tensor([.. positive.SelectMany(region => targets[(4 * region)..(4 * region + 4)])], [positive.Length, 4], device: device);
        Tensor weight = tensor(Array.ConvertAll(positive, region => weights[region]), [positive.Length, 1], device: device);
        Tensor regression = (nn.functional.smooth_l1_loss(found, wanted, nn.Reduction.None, Beta) * weight).sum();
        return (classifier.Scale(share).MoveToOuterDisposeScope(), regression.Scale(share).MoveToOuterDisposeScope());
    }

    /// <summary>The mask branch's (He et al., ICCV 2017, section 3).</summary>
    /// <param name="logits">[regions,labels,side,side] of at least one region.</param>
    /// <param name="labels">Of each region; none is background.</param>
    /// <param name="weights">Of each region.</param>
    /// <param name="targets">[regions,side,side], 0 to 1.</param>
    public static Tensor OfMasks(Tensor logits, long[] labels, float[] weights, float[] targets)
    {
        using var scope = NewDisposeScope();
        Device device = logits.device;
        (long kinds, long side) = (logits.shape[1], logits.shape[2]);
        long[] rows = [.. labels.Select((label, region) => region * kinds + label)];
        Tensor found = logits.reshape(-1, side, side).index_select(0, tensor(rows, device: device));
        Tensor wanted = tensor(targets, [labels.Length, side, side], device: device);
        Tensor weight = tensor(weights, [weights.Length, 1, 1], device: device);
        Tensor sum = (nn.functional.binary_cross_entropy_with_logits(found, wanted, reduction: nn.Reduction.None) * weight).sum();
        return sum.Scale(1.0 / (labels.Length * side * side)).MoveToOuterDisposeScope();
    }
}
