using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>The mask of a region of interest for each label, at twice the resolution of its features (He et al., ICCV 2017, figure 4). torchvision's names.</summary>
internal sealed class MaskPredictor : nn.Module<Tensor, Tensor>
{
    private readonly ConvTranspose2d conv5_mask;
    private readonly Conv2d mask_fcn_logits;

    public MaskPredictor(int channels, int labels) : base(nameof(MaskPredictor))
    {
        conv5_mask = nn.ConvTranspose2d(channels, channels, kernel_size: 2, stride: 2);
        mask_fcn_logits = nn.Conv2d(channels, labels, kernel_size: 1);
        nn.init.kaiming_normal_(conv5_mask.weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        nn.init.kaiming_normal_(mask_fcn_logits.weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        RegisterComponents();
    }

    /// <param name="features">[regions,channels,side,side].</param>
    /// <returns>Logits [regions,labels,2 side,2 side], background first.</returns>
    public override Tensor forward(Tensor features)
    {
        using var scope = NewDisposeScope();
        return mask_fcn_logits.forward(conv5_mask.forward(features).relu_()).MoveToOuterDisposeScope();
    }
}
