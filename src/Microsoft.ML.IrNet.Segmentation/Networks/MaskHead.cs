using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>Four 3x3 convolutions over a region of interest (He et al., ICCV 2017, figure 4). torchvision's names.</summary>
internal sealed class MaskHead : nn.Module<Tensor, Tensor>
{
    private const int Depth = 4;

    private readonly Conv2d[] _layers;

    public MaskHead(int channels) : base(nameof(MaskHead))
    {
        _layers = [.. Enumerable.Range(0, Depth).Select(_ => nn.Conv2d(channels, channels, kernel_size: 3, padding: 1))];
        for (int i = 0; i < Depth; i++)
        {
            nn.init.kaiming_normal_(_layers[i].weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
            nn.init.zeros_(_layers[i].bias!);
            register_module($"{i}", nn.Sequential(("0", _layers[i])));
        }
    }

    /// <param name="pooled">[regions,channels,side,side].</param>
    /// <returns>The same shape.</returns>
    public override Tensor forward(Tensor pooled)
    {
        using var scope = NewDisposeScope();
        Tensor current = pooled;
        foreach (Conv2d layer in _layers)
            current = layer.forward(current).relu_();
        return current.MoveToOuterDisposeScope();
    }
}
