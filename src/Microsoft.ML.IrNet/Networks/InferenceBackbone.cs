namespace Microsoft.ML.IrNet.Networks;

/// <summary>A network's backbone as inference runs it: a folded copy of a residual network, or a user's own backbone itself.</summary>
internal sealed class InferenceBackbone : IDisposable
{
    private readonly bool _owned;

    public InferenceBackbone(Backbone source)
    {
        _owned = source is ResNetBackbone;
        Backbone = source is ResNetBackbone network ? BatchNormFolding.Fold(network) : source;
    }

    public Backbone Backbone { get; }

    public void Dispose()
    {
        if (_owned)
            Backbone.Dispose();
    }
}
