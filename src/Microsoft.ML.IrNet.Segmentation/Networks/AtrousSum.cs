using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>The sum of four 3x3 convolutions of rates 6, 12, 18 and 24 at output stride 8 (Chen et al., PAMI 2018, section 3.2, ASPP-L); weights from N(0, 0.01²), biases 0.</summary>
internal sealed class AtrousSum : nn.Module<Tensor, Tensor>
{
    // PyTorch's name, under which torch registers it.
    private readonly ModuleList<Conv2d> convs;

    public AtrousSum(int inputs, int outputs, int outputStride) : base(nameof(AtrousSum))
    {
        convs = nn.ModuleList([.. AtrousRates.For(outputStride, 6, 12, 18, 24).Select(rate => nn.Conv2d(inputs, outputs, kernel_size: 3, padding: rate, dilation: rate))]);
        foreach (Conv2d convolution in convs)
        {
            nn.init.normal_(convolution.weight!, mean: 0, std: 0.01);
            nn.init.zeros_(convolution.bias!);
        }
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor sum = convs[0].forward(input);
        for (int i = 1; i < convs.Count; i++)
            sum = sum.Plus(convs[i].forward(input));
        return sum.MoveToOuterDisposeScope();
    }
}
