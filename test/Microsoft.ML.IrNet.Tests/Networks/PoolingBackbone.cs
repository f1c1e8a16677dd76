using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Networks;

/// <summary>A user's own backbone: every stage averages and pads with copies of itself.</summary>
internal sealed class PoolingBackbone(params int[] strides) : Backbone(nameof(PoolingBackbone))
{
    public override IReadOnlyList<int> TapChannels => [3, 3, 6, 6, 12];

    public override IReadOnlyList<int> TapStrides => strides;

    public override Tensor Stage(int index, Tensor input)
    {
        using var scope = NewDisposeScope();
        int step = index == 0 ? strides[0] : strides[index] / strides[index - 1];
        Tensor pooled = nn.functional.avg_pool2d(input, step, step, ceil_mode: true);
        int channels = TapChannels[index], before = index == 0 ? 3 : TapChannels[index - 1];
        return (channels == before ? pooled : pooled.repeat(1, channels / before, 1, 1)).MoveToOuterDisposeScope();
    }
}
