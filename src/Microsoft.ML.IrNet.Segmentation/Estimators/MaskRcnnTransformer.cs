using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>Finds the objects of photographs with Mask R-CNN (He et al., ICCV 2017).</summary>
/// <remarks>
/// <para>Input column: Image (MLImage).</para>
/// <para>Output columns, of the types that pseudo labels have: PredictedLabel, Score, PredictedBoundingBoxes, PredictedMasks; see <see cref="ColumnNames"/>.</para>
/// </remarks>
public sealed class MaskRcnnTransformer : StudentTransformer
{
    internal const string LoaderName = "IrNetMaskRcnn";

    internal static readonly ModelFormat Format = new("IRNETMRC", LoaderName, typeof(MaskRcnnTransformer));

    private readonly Lazy<MaskRcnnMapper> _mapper;
    private bool _disposed;

    internal MaskRcnnTransformer(IHostEnvironment environment, MaskRcnnNetwork network, IReadOnlyList<string> classes, MaskRcnnTransformerOptions options)
        : base(environment, Format, classes)
    {
        options.Validate();
        (Network, Options) = (network, options);
        _mapper = new(() => new MaskRcnnMapper(network, options.Inference, DeviceChoice.Resolve(Environment, Host)));
    }

    /// <summary>The network; this transformer's own, to be used but not disposed.</summary>
    public MaskRcnnNetwork Network { get; }

    /// <summary>How photographs are looked at, and the columns their objects are in.</summary>
    public MaskRcnnTransformerOptions Options { get; }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_mapper.IsValueCreated)
            _mapper.Value.Dispose();
        Network.Dispose();
        _disposed = true;
    }

    internal static MaskRcnnTransformer Load(IHostEnvironment environment, ModelReader reader)
    {
        MaskRcnnSettings settings = reader.ReadSettings<MaskRcnnSettings>();
        var network = new MaskRcnnNetwork(settings.Backbone.Create(), settings.Classes.Count, settings.Channels);
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
        return new MaskRcnnTransformer(environment, network, settings.Classes, settings.Options);
    }

    /// <summary>The objects of a photograph, the surest first.</summary>
    internal IReadOnlyList<InstanceLabel> Detect(RgbImage image)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return _mapper.Value.Detect(image);
    }

    internal override ImageLabels Label(RgbImage image)
    {
        IReadOnlyList<InstanceLabel> instances = Detect(image);
        return new ImageLabels(instances, InstanceMaps.Semantic(image.Height, image.Width, instances));
    }

    private protected override RowMap Bind(DataViewSchema input) => new MaskRcnnMap(this, Host, input);

    private protected override void Save(ModelWriter writer)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        writer.WriteSettings(new MaskRcnnSettings { Options = Options, Classes = Classes, Backbone = BackboneRecipe.Of(Network.Backbone), Channels = Network.Channels });
        writer.WriteWeights(Network);
    }
}
