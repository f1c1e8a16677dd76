using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// A residual network without its classifier (He et al., CVPR 2016), weights named as torchvision names them (<c>conv1.weight</c>, <c>layer1.0.bn1.bias</c>...).
/// Taps: after the max pooling, layer1, layer2, layer3 and layer4. New networks are initialised from torch's random generator.
/// </summary>
public sealed class ResNetBackbone : Backbone
{
    // Fields that hold modules have PyTorch's names, because torch registers them under the names they have here.
    private readonly Conv2d conv1;
    private readonly BatchNormalisation bn1;
    private readonly List<ResidualBlock>[] _layers;
    private readonly int[] _channels;
    private readonly int[] _strides;

    /// <summary>Builds the network on the CPU with random weights.</summary>
    /// <param name="options">Its shape; the published ResNet-50 where null.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public ResNetBackbone(ResNetOptions? options = null) : base(nameof(ResNetBackbone))
    {
        Options = options ?? new ResNetOptions();
        Options.Validate();
        int width = Options.BaseWidth;
        (conv1, bn1) = ResidualBlock.Pair(3, width, 7, 2, Options.Normalisation);
        register_module("conv1", conv1);
        register_module("bn1", bn1);

        _layers = new List<ResidualBlock>[TapCount - 1];
        _channels = [width, 0, 0, 0, 0];
        _strides = [4, 0, 0, 0, 0];
        int dilation = 1;
        for (int i = 0; i < _layers.Length; i++)
        {
            int stride = i > 0 && _strides[i] < Options.OutputStride ? 2 : 1;
            int before = dilation;
            if (Options.Dilated && i > 0 && stride == 1)
                dilation *= 2;
            _layers[i] = Layer(_channels[i], width << i, stride, (before, dilation), Options.BlockCounts[i]);
            _channels[i + 1] = Options.HasBottlenecks ? 4 * (width << i) : width << i;
            _strides[i + 1] = _strides[i] * stride;
            register_module($"layer{i + 1}", nn.Sequential([.. _layers[i].Select((block, n) => ($"{n}", (nn.Module<Tensor, Tensor>)block))]));
        }
    }

    /// <summary>The network's shape.</summary>
    public ResNetOptions Options { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> TapChannels => _channels;

    /// <inheritdoc/>
    public override IReadOnlyList<int> TapStrides => _strides;

    internal (Conv2d Convolution, BatchNormalisation Norm) Stem => (conv1, bn1);

    internal IReadOnlyList<IReadOnlyList<ResidualBlock>> Layers => _layers;

    /// <inheritdoc/>
    public override Tensor Stage(int index, Tensor input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, TapCount);
        using var scope = NewDisposeScope();
        Tensor current = input;
        if (index == 0)
            current = nn.functional.max_pool2d(bn1.forward(conv1.forward(input)).relu_(), kernel_size: 3, stride: 2, padding: 1);
        else
            foreach (ResidualBlock block in _layers[index - 1])
                current = block.forward(current);
        return current.MoveToOuterDisposeScope();
    }

    private List<ResidualBlock> Layer(int inputs, int width, int stride, (int Before, int After) dilation, int count)
    {
        var blocks = new List<ResidualBlock>(count);
        for (int i = 0; i < count; i++)
        {
            int from = i == 0 ? inputs : Options.HasBottlenecks ? 4 * width : width;
            (int step, (int, int) spread) = i == 0 ? (stride, dilation) : (1, (dilation.After, dilation.After));
            blocks.Add(Options.HasBottlenecks
                ? ResidualBlock.Bottleneck(from, width, step, spread, Options.StrideIn1x1, Options.Normalisation)
                : ResidualBlock.Basic(from, width, step, spread, Options.Normalisation));
        }
        return blocks;
    }
}
