using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>A residual network for inference only: batch norms folded into the convolutions, channels-last.</summary>
internal sealed class FoldedBackbone : Backbone
{
    private readonly FoldedConvolution conv1;
    private readonly FoldedBlock[][] _layers;

    public FoldedBackbone(ResNetBackbone source) : base(nameof(FoldedBackbone))
    {
        TapChannels = source.TapChannels;
        TapStrides = source.TapStrides;
        conv1 = new FoldedConvolution(source.Stem.Convolution, source.Stem.Norm);
        register_module("conv1", conv1);
        _layers = [.. source.Layers.Select(layer => layer.Select(block => new FoldedBlock(block)).ToArray())];
        for (int i = 0; i < _layers.Length; i++)
            for (int n = 0; n < _layers[i].Length; n++)
                register_module($"layer{i + 1}_{n}", _layers[i][n]);
        eval();
    }

    public override IReadOnlyList<int> TapChannels { get; }

    public override IReadOnlyList<int> TapStrides { get; }

    public override Tensor Stage(int index, Tensor input)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, TapCount);
        using var guard = no_grad();
        if (index == 0)
        {
            using Tensor image = FoldedConvolution.ChannelsLast(input);
            using Tensor stem = conv1.forward(image).relu_();
            return nn.functional.max_pool2d(stem, kernel_size: 3, stride: 2, padding: 1);
        }
        Tensor current = input;
        foreach (FoldedBlock block in _layers[index - 1])
        {
            Tensor next = block.forward(current);
            if (!ReferenceEquals(current, input))
                current.Dispose();
            current = next;
        }
        return current;
    }
}
