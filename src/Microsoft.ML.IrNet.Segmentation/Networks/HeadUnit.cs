using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>A convolution without bias in PyTorch's own initialisation, a batch norm and a ReLU: what DeepLab's heads are made of.</summary>
internal static class HeadUnit
{
    /// <summary>The three as modules with consecutive numbers for names.</summary>
    /// <param name="inputs">Channels read.</param>
    /// <param name="outputs">Channels given.</param>
    /// <param name="kernel">1 or 3; a 3x3 convolution keeps the size.</param>
    /// <param name="normalisation">Where the norm takes its statistics from.</param>
    /// <param name="dilation">The rate of a 3x3 convolution.</param>
    /// <param name="first">The convolution's number.</param>
    public static (string, nn.Module<Tensor, Tensor>)[] Layers(int inputs, int outputs, int kernel, Normalisation normalisation, int dilation = 1, int first = 0)
    {
        Conv2d convolution = nn.Conv2d(inputs, outputs, kernel_size: kernel, padding: kernel / 2 * dilation, dilation: dilation, bias: false);
        return [($"{first}", convolution), ($"{first + 1}", new BatchNormalisation(outputs, normalisation)), ($"{first + 2}", nn.ReLU(inplace: true))];
    }
}
