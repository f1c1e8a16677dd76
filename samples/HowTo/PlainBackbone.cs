using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace HowTo;

/// <summary>Five strided convolutions. It is public and has a constructor without parameters, so that saved models can make it again.</summary>
public sealed class PlainBackbone : Backbone
{
    private readonly nn.Module<Tensor, Tensor>[] _stages = new nn.Module<Tensor, Tensor>[TapCount];

    public PlainBackbone() : base(nameof(PlainBackbone))
    {
        for (int i = 0; i < TapCount; i++)
        {
            (int before, int stride) = i == 0 ? (3, TapStrides[0]) : (TapChannels[i - 1], TapStrides[i] / TapStrides[i - 1]);
            // A kernel of 2 n + 1 with a padding of n gives ceil(size / stride) cells, as the taps have to have.
            int around = stride == 4 ? 3 : 1;
            _stages[i] = nn.Sequential(
                ("conv", nn.Conv2d(before, TapChannels[i], 2 * around + 1, stride: stride, padding: around, bias: false)),
                // Without weights: TorchSharp 0.107 leaves those of a new group norm as it finds them in memory.
                ("norm", nn.GroupNorm(4, TapChannels[i], affine: false)),
                ("relu", nn.ReLU()));
            register_module($"stage{i}", _stages[i]);
        }
    }

    public override IReadOnlyList<int> TapChannels => [16, 16, 32, 64, 64];

    public override IReadOnlyList<int> TapStrides => [4, 4, 8, 16, 16];

    public override Tensor Stage(int index, Tensor input) => _stages[index].call(input);
}
