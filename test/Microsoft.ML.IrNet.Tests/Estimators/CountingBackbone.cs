using Microsoft.ML.IrNet.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>A user's own backbone, without weights, that counts how often it runs.</summary>
public sealed class CountingBackbone() : Backbone(nameof(CountingBackbone))
{
    public override IReadOnlyList<int> TapChannels => [6, 6, 12, 12, 12];

    public override IReadOnlyList<int> TapStrides => [4, 4, 8, 16, 16];

    /// <summary>How often any instance ran its first stage.</summary>
    public static int Runs { get; set; }

    public override Tensor Stage(int index, Tensor input)
    {
        if (index == 0)
            Runs++;
        using var scope = NewDisposeScope();
        int step = index == 0 ? TapStrides[0] : TapStrides[index] / TapStrides[index - 1];
        Tensor pooled = nn.functional.avg_pool2d(input, step, step, ceil_mode: true);
        int before = index == 0 ? 3 : TapChannels[index - 1];
        return (TapChannels[index] == before ? pooled.clone() : pooled.repeat(1, TapChannels[index] / before, 1, 1)).MoveToOuterDisposeScope();
    }
}
