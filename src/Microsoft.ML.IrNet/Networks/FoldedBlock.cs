using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.IrNet.Networks;

/// <summary>A residual block of folded convolutions. Releases every intermediate as soon as it has been read: at 12 megapixels each is gigabytes.</summary>
internal sealed class FoldedBlock : nn.Module<Tensor, Tensor>
{
    private readonly FoldedConvolution[] _body;
    private readonly FoldedConvolution? _shortcut;

    public FoldedBlock(ResidualBlock block) : base(nameof(FoldedBlock))
    {
        _body = [.. block.Body.Select(pair => new FoldedConvolution(pair.Convolution, pair.Norm))];
        for (int i = 0; i < _body.Length; i++)
            register_module($"conv{i + 1}", _body[i]);
        if (block.Shortcut is var (convolution, norm))
            register_module("downsample", _shortcut = new FoldedConvolution(convolution, norm));
    }

    public override Tensor forward(Tensor input)
    {
        Tensor current = input;
        foreach (FoldedConvolution convolution in _body)
        {
            Tensor next = convolution.forward(current);
            if (!ReferenceEquals(current, input))
                current.Dispose();
            current = ReferenceEquals(convolution, _body[^1]) ? next : next.relu_();
        }
        if (_shortcut is null)
            return current.Add(input).relu_();
        using Tensor projected = _shortcut.forward(input);
        return current.Add(projected).relu_();
    }
}
