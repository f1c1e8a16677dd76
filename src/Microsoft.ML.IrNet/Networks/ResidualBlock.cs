using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// A basic (3x3, 3x3) or bottleneck (1x1, 3x3, 1x1) residual block, with a projection shortcut where shape or stride changes (He et al., CVPR 2016).
/// </summary>
internal sealed class ResidualBlock : nn.Module<Tensor, Tensor>
{
    private ResidualBlock(IReadOnlyList<(Conv2d, BatchNormalisation)> body, (Conv2d, BatchNormalisation)? shortcut) : base(nameof(ResidualBlock))
    {
        Body = body;
        Shortcut = shortcut;
        for (int i = 0; i < body.Count; i++)
        {
            register_module($"conv{i + 1}", body[i].Item1);
            register_module($"bn{i + 1}", body[i].Item2);
        }
        if (shortcut is var (convolution, norm))
            register_module("downsample", nn.Sequential(("0", convolution), ("1", norm)));
    }

    /// <summary>The convolutions with their norms, in order.</summary>
    public IReadOnlyList<(Conv2d Convolution, BatchNormalisation Norm)> Body { get; }

    /// <summary>The projection of the shortcut, or null where it is the identity.</summary>
    public (Conv2d Convolution, BatchNormalisation Norm)? Shortcut { get; }

    /// <param name="inputs">Channels read.</param>
    /// <param name="width">Channels of the 3x3 convolutions.</param>
    /// <param name="stride">Of the block.</param>
    /// <param name="dilation">Of 3x3 convolutions up to the one that has the stride, or has had it before dilation took its place; and of those after it.</param>
    /// <param name="normalisation">Where norms take their statistics from.</param>
    public static ResidualBlock Basic(int inputs, int width, int stride, (int Before, int After) dilation, Normalisation normalisation) => new(
        [Pair(inputs, width, 3, stride, normalisation, dilation.Before), Pair(width, width, 3, 1, normalisation, dilation.After)],
        Projection(inputs, width, stride, normalisation));

    /// <inheritdoc cref="Basic"/>
    public static ResidualBlock Bottleneck(int inputs, int width, int stride, (int Before, int After) dilation, bool strideIn1x1, Normalisation normalisation) => new(
        [
            Pair(inputs, width, 1, strideIn1x1 ? stride : 1, normalisation),
            Pair(width, width, 3, strideIn1x1 ? 1 : stride, normalisation, strideIn1x1 ? dilation.After : dilation.Before),
            Pair(width, 4 * width, 1, 1, normalisation),
        ],
        Projection(inputs, 4 * width, stride, normalisation));

    /// <summary>A convolution without bias, initialised as torchvision does, and its norm.</summary>
    public static (Conv2d, BatchNormalisation) Pair(int inputs, int outputs, int kernel, int stride, Normalisation normalisation, int dilation = 1)
    {
        Conv2d convolution = nn.Conv2d(
            inputs, outputs, kernel_size: kernel, stride: stride, padding: kernel / 2 * dilation, dilation: dilation, bias: false);
        nn.init.kaiming_normal_(convolution.weight!, mode: nn.init.FanInOut.FanOut, nonlinearity: nn.init.NonlinearityType.ReLU);
        return (convolution, new BatchNormalisation(outputs, normalisation));
    }

    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        Tensor current = input;
        for (int i = 0; i < Body.Count; i++)
        {
            current = Body[i].Norm.forward(Convolve(Body[i].Convolution, current));
            if (i + 1 < Body.Count)
                current = current.relu_();
        }
        Tensor shortcut = Shortcut is var (convolution, norm) ? norm.forward(Convolve(convolution, input)) : input;
        return current.Add(shortcut).relu_().MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The convolution. Where a strided 1x1 one has less than 16 channels, it is that of every stride-th pixel: oneDNN 3.7.1's gradient of the weights writes
    /// past its workspace there when the batch does not divide among the threads.
    /// </summary>
    private static Tensor Convolve(Conv2d convolution, Tensor input)
    {
        long stride = convolution.stride[0];
        return stride == 1 || convolution.kernel_size[0] > 1 || convolution.in_channels >= 16
            ? convolution.forward(input)
            : nn.functional.conv2d(input.slice(2, 0, input.shape[2], stride).slice(3, 0, input.shape[3], stride), convolution.weight!);
    }

    private static (Conv2d, BatchNormalisation)? Projection(int inputs, int outputs, int stride, Normalisation normalisation) =>
        inputs == outputs && stride == 1 ? null : Pair(inputs, outputs, 1, stride, normalisation);
}
