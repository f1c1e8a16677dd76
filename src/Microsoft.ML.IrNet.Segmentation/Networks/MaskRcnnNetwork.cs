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
    /// <summary>Channels of the published feature pyramid.</summary>
    public const int PublishedChannels = 256;

    /// <summary>Rows and columns of a region's features in the box branch.</summary>
    internal const int BoxSide = 7;

    /// <summary>Rows and columns of a region's features in the mask branch.</summary>
    internal const int MaskFeatureSide = 14;

    /// <summary>Rows and columns of a region's mask.</summary>
    internal const int MaskSide = 2 * MaskFeatureSide;

    /// <summary>Samples of each bin along each axis.</summary>
    private const int Sampling = 2;

    // In a tuple, because torch registers fields that are modules under the names they have here.
    private readonly (FeaturePyramid Pyramid, RegionProposalHead Proposals, BoxHead BoxHead, BoxPredictor BoxPredictor, MaskHead MaskHead, MaskPredictor MaskPredictor) _parts;

    /// <summary>Builds the network on the CPU, the heads with random weights.</summary>
    /// <param name="backbone">The feature extractor, which the network owns from here on; strides of its taps 1 to 4 (after the stem) are 4, 8, 16 and 32.</param>
    /// <param name="classes">The number of classes, background not counted; at least 1.</param>
    /// <param name="channels">Channels of the feature pyramid and the mask branch, a quarter of the box branch's features; 256 as published, less for small networks. At least 1.</param>
    /// <exception cref="ArgumentException">The backbone's strides are others.</exception>
    public MaskRcnnNetwork(Backbone backbone, int classes, int channels = PublishedChannels) : base(nameof(MaskRcnnNetwork))
    {
        ArgumentNullException.ThrowIfNull(backbone);
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        if (!backbone.TapStrides.Skip(1).SequenceEqual([4, 8, 16, 32]))
            throw new ArgumentException(
                $"The strides of taps 1 to 4 are {string.Join(", ", backbone.TapStrides.Skip(1))}; Mask R-CNN needs 4, 8, 16, 32 (an OutputStride of 32).", nameof(backbone));
        (Backbone, Classes, Channels) = (backbone, classes, channels);
        _parts = (
            new FeaturePyramid([.. backbone.TapChannels.Skip(1)], channels), new RegionProposalHead(channels, AnchorGenerator.Standard.PerCell),
            new BoxHead(channels, BoxSide, 4 * channels), new BoxPredictor(4 * channels, classes + 1), new MaskHead(channels), new MaskPredictor(channels, classes + 1));
        register_module("backbone", nn.ModuleDict(("body", (nn.Module)backbone), ("fpn", _parts.Pyramid)));
        register_module("rpn", nn.ModuleDict(("head", (nn.Module)_parts.Proposals)));
        register_module("roi_heads", nn.ModuleDict(
            ("box_head", (nn.Module)_parts.BoxHead), ("box_predictor", _parts.BoxPredictor), ("mask_head", _parts.MaskHead), ("mask_predictor", _parts.MaskPredictor)));
        (BoxPooler, MaskPooler) = (new RegionPooler(BoxSide, Sampling), new RegionPooler(MaskFeatureSide, Sampling));
    }

    /// <summary>The feature extractor.</summary>
    public Backbone Backbone { get; }

    /// <summary>The number of classes, background not counted.</summary>
    public int Classes { get; }

    /// <summary>Channels of the feature pyramid and the mask branch.</summary>
    public int Channels { get; }

    /// <summary>Pools a region's features for the box branch.</summary>
    internal RegionPooler BoxPooler { get; }

    /// <summary>Pools a region's features for the mask branch.</summary>
    internal RegionPooler MaskPooler { get; }

    /// <summary>Cells per pixel of the levels that regions are pooled from.</summary>
    internal static IReadOnlyList<float> PooledScales { get; } = [1 / 4f, 1 / 8f, 1 / 16f, 1 / 32f];

    /// <summary>The five levels of features.</summary>
    /// <param name="taps">The backbone's taps 1 to 4.</param>
    internal Tensor[] Pyramid(IReadOnlyList<Tensor> taps) => _parts.Pyramid.forward(taps);

    /// <summary>Logits [B,anchors] and box codes [B,anchors,4] of all anchors.</summary>
    internal (Tensor Objectness, Tensor Codes) ScoreAnchors(IReadOnlyList<Tensor> pyramid) => _parts.Proposals.forward(pyramid);

    /// <summary>Logits [regions,classes+1] and box codes [regions,4 (classes+1)] of pooled features [regions,channels,7,7].</summary>
    internal (Tensor Logits, Tensor Codes) ScoreRegions(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        (Tensor logits, Tensor codes) = _parts.BoxPredictor.forward(_parts.BoxHead.forward(pooled));
        return (logits.MoveToOuterDisposeScope(), codes.MoveToOuterDisposeScope());
    }

    /// <summary>Logits [regions,classes+1,28,28] of pooled features [regions,channels,14,14].</summary>
    internal Tensor DrawMasks(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        return _parts.MaskPredictor.forward(_parts.MaskHead.forward(pooled)).MoveToOuterDisposeScope();
    }
}
