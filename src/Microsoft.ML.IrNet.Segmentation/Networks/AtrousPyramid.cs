using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>
/// Atrous spatial pyramid pooling: a 1x1 convolution, 3x3 convolutions of rates 12, 24 and 36 and the mean over the image, side by side, joined by a 1x1 convolution
/// (Chen et al., 2017, section 3.3; rates for output stride 8).
/// </summary>
internal sealed class AtrousPyramid : nn.Module<Tensor, Tensor>
{
    /// <summary>Channels of each branch and of the output.</summary>
    public const int Width = 256;

    // PyTorch's names, under which torch registers them.
    private readonly ModuleList<Sequential> convs;
    private readonly Sequential project;

    public AtrousPyramid(int inputs, int outputStride, Normalisation normalisation) : base(nameof(AtrousPyramid))
    {
        convs = nn.ModuleList(
        [
            nn.Sequential(HeadUnit.Layers(inputs, Width, 1, normalisation)),
            .. AtrousRates.For(outputStride, 12, 24, 36).Select(rate => nn.Sequential(HeadUnit.Layers(inputs, Width, 3, normalisation, rate))),
            nn.Sequential([("0", nn.AdaptiveAvgPool2d(1)), .. HeadUnit.Layers(inputs, Width, 1, normalisation, first: 1)]),
        ]);
        project = nn.Sequential([.. HeadUnit.Layers(convs.Count * Width, Width, 1, normalisation), ("3", nn.Dropout(0.5))]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor joined = cat([.. convs.Select((_, branch) => Branch(branch, input))], 1);
        return project.forward(joined).MoveToOuterDisposeScope();
    }

    /// <summary>One branch at the input's size: 0 the 1x1 convolution, 1 to 3 the rates, 4 the mean over the image.</summary>
    internal Tensor Branch(int branch, Tensor input)
    {
        using var scope = NewDisposeScope();
        return convs[branch].forward(input).expand(input.shape[0], Width, input.shape[2], input.shape[3]).MoveToOuterDisposeScope();
    }
}
