using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Two fully connected layers that give the features of a region of interest (Lin et al., CVPR 2017, section 4.2). torchvision's names.</summary>
internal sealed class BoxHead : nn.Module<Tensor, Tensor>
{
    private readonly Linear fc6;
    private readonly Linear fc7;

    public BoxHead(int channels, int side, int features) : base(nameof(BoxHead))
    {
        fc6 = nn.Linear(channels * side * side, features);
        fc7 = nn.Linear(features, features);
        RegisterComponents();
    }

    /// <param name="pooled">[regions,channels,side,side].</param>
    /// <returns>[regions,features].</returns>
    public override Tensor forward(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        return fc7.forward(fc6.forward(pooled.flatten(1)).relu_()).relu_().MoveToOuterDisposeScope();
    }
}
