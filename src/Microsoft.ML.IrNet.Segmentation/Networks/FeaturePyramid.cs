using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>
/// Brings taps of rising stride to equal depth, each with the context of the deeper ones (Lin et al., CVPR 2017, section 3), and adds every second cell of the
/// last as a fifth level. torchvision's names.
/// </summary>
internal sealed class FeaturePyramid : nn.Module<IReadOnlyList<Tensor>, Tensor[]>
{
    private readonly Conv2d[] _lateral;
    private readonly Conv2d[] _smooth;

    /// <param name="inputs">Channels of the taps.</param>
    /// <param name="channels">Channels of every level.</param>
    public FeaturePyramid(IReadOnlyList<int> inputs, int channels) : base(nameof(FeaturePyramid))
    {
        _lateral = [.. inputs.Select(ofTap => Convolution(ofTap, channels, 1))];
        _smooth = [.. inputs.Select(_ => Convolution(channels, channels, 3))];
        register_module("inner_blocks", nn.ModuleList(Blocks(_lateral)));
        register_module("layer_blocks", nn.ModuleList(Blocks(_smooth)));
    }

    /// <param name="taps">[B,inputs[i],h,w], shallow to deep.</param>
    /// <returns>A level for each tap, and the fifth.</returns>
    public override Tensor[] forward(IReadOnlyList<Tensor> taps)
    {
        using var scope = NewDisposeScope();
        var levels = new Tensor[taps.Count + 1];
        Tensor? deeper = null;
        for (int i = taps.Count - 1; i >= 0; i--)
        {
            Tensor current = _lateral[i].forward(taps[i]);
            if (deeper is not null)
                current.Add(nn.functional.interpolate(deeper, [current.shape[2], current.shape[3]], mode: InterpolationMode.Nearest));
            levels[i] = _smooth[i].forward(current);
            deeper = current;
        }
        Tensor last = levels[taps.Count - 1];
        levels[^1] = last.slice(2, 0, last.shape[2], 2).slice(3, 0, last.shape[3], 2);
        foreach (Tensor level in levels)
            level.MoveToOuterDisposeScope();
        return levels;
    }

    private static nn.Module<Tensor, Tensor>[] Blocks(Conv2d[] convolutions) => [.. convolutions.Select(convolution => nn.Sequential(("0", convolution)))];

    private static Conv2d Convolution(int inputs, int outputs, int kernel)
    {
        Conv2d convolution = nn.Conv2d(inputs, outputs, kernel_size: kernel, padding: kernel / 2);
        nn.init.kaiming_uniform_(convolution.weight!, a: 1);
        nn.init.zeros_(convolution.bias!);
        return convolution;
    }
}
