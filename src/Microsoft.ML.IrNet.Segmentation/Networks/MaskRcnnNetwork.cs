using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>
/// Mask R-CNN with a feature pyramid (He et al., ICCV 2017; Lin et al., CVPR 2017), its weights named as those of torchvision's <c>maskrcnn_resnet50_fpn</c>.
/// <c>MaskRcnnTrainer</c> trains it; a fitted transformer or <c>MaskRcnnMapper</c> runs it.
/// </summary>
public sealed class MaskRcnnNetwork : nn.Module
{
    /// <summary>Rows and columns of a region's features in the box branch.</summary>
    internal const int BoxSide = 7;

    /// <summary>Rows and columns of a region's features in the mask branch.</summary>
    internal const int MaskFeatureSide = 14;

    /// <summary>Rows and columns of a region's mask.</summary>
    internal const int MaskSide = 2 * MaskFeatureSide;

    /// <summary>Samples of each bin along each axis.</summary>
    private const int Sampling = 2;

    private readonly FeaturePyramid _pyramid;
    private readonly RegionProposalHead _proposals;
    private readonly BoxHead _boxHead;
    private readonly BoxPredictor _boxPredictor;
    private readonly MaskHead _maskHead;
    private readonly MaskPredictor _maskPredictor;

    /// <summary>Builds the network on the CPU, the heads with random weights.</summary>
    /// <param name="backbone">The feature extractor, which the network owns from here on; strides of its taps 1 to 4 (after the stem) are 4, 8, 16 and 32.</param>
    /// <param name="classes">The number of classes, background not counted; at least 1.</param>
    /// <exception cref="ArgumentException">The backbone's strides are others.</exception>
    public MaskRcnnNetwork(Backbone backbone, int classes) : base(nameof(MaskRcnnNetwork))
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        if (!backbone.TapStrides.Skip(1).SequenceEqual([4, 8, 16, 32]))
            throw new ArgumentException(
                $"The strides of taps 1 to 4 are {string.Join(", ", backbone.TapStrides.Skip(1))}; Mask R-CNN needs 4, 8, 16, 32 (an OutputStride of 32).", nameof(backbone));
        (Backbone, Classes) = (backbone, classes);
        const int channels = FeaturePyramid.Channels;
        _pyramid = new FeaturePyramid([.. backbone.TapChannels.Skip(1)]);
        _proposals = new RegionProposalHead(channels, AnchorGenerator.Standard.PerCell);
        (_boxHead, _boxPredictor) = (new BoxHead(channels, BoxSide), new BoxPredictor(classes + 1));
        (_maskHead, _maskPredictor) = (new MaskHead(channels), new MaskPredictor(channels, classes + 1));
        register_module("backbone", nn.ModuleDict(("body", (nn.Module)backbone), ("fpn", _pyramid)));
        register_module("rpn", nn.ModuleDict(("head", (nn.Module)_proposals)));
        register_module("roi_heads", nn.ModuleDict(
            ("box_head", (nn.Module)_boxHead), ("box_predictor", _boxPredictor), ("mask_head", _maskHead), ("mask_predictor", _maskPredictor)));
        (BoxPooler, MaskPooler) = (new RegionPooler(BoxSide, Sampling), new RegionPooler(MaskFeatureSide, Sampling));
    }

    /// <summary>The feature extractor.</summary>
    public Backbone Backbone { get; }

    /// <summary>The number of classes, background not counted.</summary>
    public int Classes { get; }

    /// <summary>Pools a region's features for the box branch.</summary>
    internal RegionPooler BoxPooler { get; }

    /// <summary>Pools a region's features for the mask branch.</summary>
    internal RegionPooler MaskPooler { get; }

    /// <summary>Cells per pixel of the levels that regions are pooled from.</summary>
    internal static IReadOnlyList<float> PooledScales { get; } = [1 / 4f, 1 / 8f, 1 / 16f, 1 / 32f];

    /// <summary>The five levels of features.</summary>
    /// <param name="taps">The backbone's taps 1 to 4.</param>
    internal Tensor[] Pyramid(IReadOnlyList<Tensor> taps) => _pyramid.forward(taps);

    /// <summary>Logits [B,anchors] and box codes [B,anchors,4] of all anchors.</summary>
    internal (Tensor Objectness, Tensor Codes) ScoreAnchors(IReadOnlyList<Tensor> pyramid) => _proposals.forward(pyramid);

    /// <summary>Logits [regions,classes+1] and box codes [regions,4 (classes+1)] of pooled features [regions,256,7,7].</summary>
    internal (Tensor Logits, Tensor Codes) ScoreRegions(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        (Tensor logits, Tensor codes) = _boxPredictor.forward(_boxHead.forward(pooled));
        return (logits.MoveToOuterDisposeScope(), codes.MoveToOuterDisposeScope());
    }

    /// <summary>Logits [regions,classes+1,28,28] of pooled features [regions,256,14,14].</summary>
    internal Tensor DrawMasks(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        return _maskPredictor.forward(_maskHead.forward(pooled)).MoveToOuterDisposeScope();
    }
}
