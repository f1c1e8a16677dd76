using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Computes class boundaries and displacement fields of photographs (paper section 4).</summary>
/// <remarks>
/// <para>Input column: Image (MLImage).</para>
/// <para>Output columns: Boundary, Displacement; see <see cref="ColumnNames"/>.</para>
/// </remarks>
public sealed class IrNetTransformer : RowTransformer, IDisposable
{
    internal static readonly ModelFormat Format = new("IRNETIRN", LoaderName, typeof(IrNetTransformer));

    internal const string LoaderName = "IrNetMaps";

    private readonly Lazy<BoundaryDisplacementMapper> _maps;
    private bool _disposed;

    internal IrNetTransformer(IHostEnvironment environment, IrNetwork network, IrNetTransformerOptions options) : base(environment, Format)
    {
        (Network, Options) = (network, options);
        _maps = new(() => new BoundaryDisplacementMapper(network, options.Maps, DeviceChoice.Resolve(Environment, Host)));
    }

    /// <summary>The network; this transformer's own, to be used but not disposed.</summary>
    public IrNetwork Network { get; }

    /// <summary>How maps are computed and in which columns they are.</summary>
    public IrNetTransformerOptions Options { get; }

    /// <summary>Releases the network.</summary>
    public void Dispose()
    {
        if (_maps.IsValueCreated)
            _maps.Value.Dispose();
        Network.Dispose();
        _disposed = true;
    }

    internal static IrNetTransformer Load(IHostEnvironment environment, ModelReader reader)
    {
        IrNetSettings settings = reader.ReadSettings<IrNetSettings>();
        var network = new IrNetwork(settings.Backbone.Create(reader));
        try
        {
            reader.ReadWeights(network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
        return new IrNetTransformer(environment, network, settings.Options);
    }

    /// <summary>The maps of a photograph.</summary>
    internal BoundaryDisplacement ComputeMaps(RgbImage image)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _maps.Value.Compute(image);
    }

    private protected override RowMap Bind(DataViewSchema input) => new IrNetMap(this, Host, input);

    private protected override void Save(ModelWriter writer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        writer.WriteSettings(new IrNetSettings { Options = Options, Backbone = BackboneRecipe.Of(Network.Backbone) });
        writer.WriteWeights(Network);
    }
}
