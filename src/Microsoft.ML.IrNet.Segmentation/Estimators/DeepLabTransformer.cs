using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
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

    internal DeepLabTransformer(IHostEnvironment environment, DeepLabNetwork network, IReadOnlyList<string> classes, DeepLabTransformerOptions options)
        : base(environment, Format, classes, network, device => new DeepLabMapper(network, options.Inference, device))
    {
        options.Validate();
        (Network, Options) = (network, options);
    }

    /// <summary>The network; this transformer's own, to be used but not disposed.</summary>
    public DeepLabNetwork Network { get; }

    /// <summary>How photographs are looked at, and the column their maps are in.</summary>
    public DeepLabTransformerOptions Options { get; }

    internal static DeepLabTransformer Load(IHostEnvironment environment, ModelReader reader)
    {
        DeepLabSettings settings = reader.ReadSettings<DeepLabSettings>();
        DeepLabNetwork network = Filled(
            new DeepLabNetwork(settings.Backbone.Create(reader), settings.Classes.Count, settings.Head, settings.Auxiliary, settings.HeadNormalisation), reader);
        return new DeepLabTransformer(environment, network, settings.Classes, settings.Options);
    }

    private protected override RowMap Bind(DataViewSchema input) => new DeepLabMap(this, Host, input);

    internal override object Settings => new DeepLabSettings
    {
        Options = Options,
        Classes = Classes,
        Backbone = BackboneRecipe.Of(Network.Backbone),
        Head = Network.Head,
        Auxiliary = Network.HasAuxiliary,
        HeadNormalisation = Network.Normalisation,
    };
}
