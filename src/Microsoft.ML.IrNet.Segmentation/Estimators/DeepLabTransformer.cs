using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>Labels the pixels of photographs with DeepLab (Chen et al., 2017).</summary>
/// <remarks>
/// <para>Input column: Image (MLImage).</para>
/// <para>Output column, of the type that pseudo labels have: SemanticMap; see <see cref="ColumnNames"/>. It holds no 255.</para>
/// </remarks>
public sealed class DeepLabTransformer : StudentTransformer
{
    internal const string LoaderName = "IrNetDeepLab";

    internal static readonly ModelFormat Format = new("IRNETDLB", LoaderName, typeof(DeepLabTransformer));

    private readonly Lazy<DeepLabMapper> _mapper;
    private bool _disposed;

    internal DeepLabTransformer(IHostEnvironment environment, DeepLabNetwork network, IReadOnlyList<string> classes, DeepLabTransformerOptions options)
        : base(environment, Format, classes)
    {
        options.Validate();
        (Network, Options) = (network, options);
        _mapper = new(() => new DeepLabMapper(network, options.Inference, DeviceChoice.Resolve(Environment, Host)));
    }

    /// <summary>The network; this transformer's own, to be used but not disposed.</summary>
    public DeepLabNetwork Network { get; }

    /// <summary>How photographs are looked at, and the column their maps are in.</summary>
    public DeepLabTransformerOptions Options { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_mapper.IsValueCreated)
            _mapper.Value.Dispose();
        Network.Dispose();
        _disposed = true;
    }

    internal static DeepLabTransformer Load(IHostEnvironment environment, ModelReader reader)
    {
        DeepLabSettings settings = reader.ReadSettings<DeepLabSettings>();
        var network = new DeepLabNetwork(settings.Backbone.Create(), settings.Classes.Count, settings.Head, settings.Auxiliary, settings.HeadNormalisation);
        network.eval();
        try
        {
            reader.ReadWeights(network);
        }
        catch
        {
            network.Dispose();
            throw;
        }
        return new DeepLabTransformer(environment, network, settings.Classes, settings.Options);
    }

    /// <summary>The class of each pixel of a photograph.</summary>
    internal LabelMap Map(RgbImage image)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _mapper.Value.Compute(image);
    }

    internal override ImageLabels Label(RgbImage image) => new([], Map(image));

    private protected override RowMap Bind(DataViewSchema input) => new DeepLabMap(this, Host, input);

    private protected override void Save(ModelWriter writer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        writer.WriteSettings(new DeepLabSettings
        {
            Options = Options,
            Classes = Classes,
            Backbone = BackboneRecipe.Of(Network.Backbone),
            Head = Network.Head,
            Auxiliary = Network.HasAuxiliary,
            HeadNormalisation = Network.Normalisation,
        });
        writer.WriteWeights(Network);
    }
}
