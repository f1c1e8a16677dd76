using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>
/// A feature extractor in five stages, each ending in a tap that the networks read. Derive from it to use a network of your own: register its
/// modules under the names its weights have, and give channels and strides of the taps.
/// </summary>
/// <param name="name">The module's name.</param>
public abstract class Backbone(string name) : nn.Module<Tensor, Tensor[]>(name)
{
    /// <summary>The number of stages and taps.</summary>
    public const int TapCount = 5;

    /// <summary>Channels of each tap; five values.</summary>
    public abstract IReadOnlyList<int> TapChannels { get; }

    /// <summary>Pixels per cell of each tap; five values that do not fall, each a multiple of the one before. A tap of stride s has ceil(H/s) rows and ceil(W/s) columns.</summary>
    public abstract IReadOnlyList<int> TapStrides { get; }

    /// <summary>Runs one stage.</summary>
    /// <param name="index">The stage, 0 to 4.</param>
    /// <param name="input">For stage 0 normalised images [B,3,H,W], else the tap before it. Must be left unchanged.</param>
    /// <returns>The stage's tap [B,TapChannels[index],h,w].</returns>
    public abstract Tensor Stage(int index, Tensor input);

    /// <summary>Runs all stages.</summary>
    /// <param name="input">Normalised images [B,3,H,W].</param>
    /// <returns>The five taps, shallow to deep.</returns>
    public override Tensor[] forward(Tensor input)
    {
        var taps = new Tensor[TapCount];
        for (int i = 0; i < TapCount; i++)
            taps[i] = Stage(i, i == 0 ? input : taps[i - 1]);
        return taps;
    }

    /// <summary>Runs stages first to last, releasing every tap on the way.</summary>
    /// <param name="first">The first stage, 0 to 4.</param>
    /// <param name="end">One past the last stage.</param>
    /// <param name="input">What stage <paramref name="first"/> reads.</param>
    /// <returns>The tap of stage <paramref name="end"/> - 1, or <paramref name="input"/> itself where no stage is run.</returns>
    internal Tensor Stages(int first, int end, Tensor input)
    {
        Tensor current = input;
        for (int i = first; i < end; i++)
        {
            Tensor next = Stage(i, current);
            if (!ReferenceEquals(current, input))
                current.Dispose();
            current = next;
        }
        return current;
    }
}
