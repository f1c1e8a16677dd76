using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Scores the anchors of every cell and refines their boxes; the same weights serve all levels (Ren et al., NeurIPS 2015, section 3.1). torchvision's names.</summary>
internal sealed class RegionProposalHead : nn.Module<IReadOnlyList<Tensor>, (Tensor Objectness, Tensor Codes)>
{
    private readonly Conv2d _shared;
    private readonly Conv2d cls_logits;
    private readonly Conv2d bbox_pred;

    public RegionProposalHead(int channels, int anchorsPerCell) : base(nameof(RegionProposalHead))
    {
        _shared = Convolution(channels, channels, 3);
        cls_logits = Convolution(channels, anchorsPerCell, 1);
        bbox_pred = Convolution(channels, 4 * anchorsPerCell, 1);
        register_module("conv", nn.Sequential(("0", nn.Sequential(("0", _shared)))));
        register_module("cls_logits", cls_logits);
        register_module("bbox_pred", bbox_pred);
    }

    /// <param name="pyramid">[B,channels,h,w] of each level.</param>
    /// <returns>Logits [B,anchors] and box codes [B,anchors,4], the anchors ordered by level, row, column and kind.</returns>
    public override (Tensor Objectness, Tensor Codes) forward(IReadOnlyList<Tensor> pyramid)
    {
        using var scope = NewDisposeScope();
        long batch = pyramid[0].shape[0];
        var objectness = new Tensor[pyramid.Count];
        var codes = new Tensor[pyramid.Count];
        for (int i = 0; i < pyramid.Count; i++)
        {
            Tensor shared = _shared.forward(pyramid[i]).relu_();
            objectness[i] = cls_logits.forward(shared).permute(0, 2, 3, 1).reshape(batch, -1);
            codes[i] = bbox_pred.forward(shared).permute(0, 2, 3, 1).reshape(batch, -1, 4);
        }
        return (cat(objectness, 1).MoveToOuterDisposeScope(), cat(codes, 1).MoveToOuterDisposeScope());
    }

    private static Conv2d Convolution(int inputs, int outputs, int kernel)
    {
        Conv2d convolution = nn.Conv2d(inputs, outputs, kernel_size: kernel, padding: kernel / 2);
        nn.init.normal_(convolution.weight!, 0, 0.01);
        nn.init.zeros_(convolution.bias!);
        return convolution;
    }
}
