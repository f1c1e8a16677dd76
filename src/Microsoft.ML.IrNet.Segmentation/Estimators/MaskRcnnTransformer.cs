using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Segmentation.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>Finds the objects of photographs with Mask R-CNN (He et al., ICCV 2017).</summary>
/// <remarks>
/// <para>Input column: Image (MLImage).</para>
/// <para>Output columns, of the types that pseudo labels have: PredictedLabel, Score, PredictedBoundingBoxes, PredictedMasks; see <see cref="ColumnNames"/>. The surest object comes first.</para>
/// </remarks>
public sealed class MaskRcnnTransformer : StudentTransformer
{
    internal const string LoaderName = "IrNetMaskRcnn";

    internal static readonly ModelFormat Format = new("IRNETMRC", LoaderName, typeof(MaskRcnnTransformer));

    internal MaskRcnnTransformer(IHostEnvironment environment, MaskRcnnNetwork network, IReadOnlyList<string> classes, MaskRcnnTransformerOptions options)
        : base(environment, Format, classes, network, device => new MaskRcnnMapper(network, options.Inference, device))
    {
        options.Validate();
        (Network, Options) = (network, options);
    }

    /// <summary>The network; this transformer's own, to be used but not disposed.</summary>
    public MaskRcnnNetwork Network { get; }

    /// <summary>How photographs are looked at, and the columns their objects are in.</summary>
    public MaskRcnnTransformerOptions Options { get; }

    /// <summary>The same network with other sizes and thresholds. It goes over to the new transformer; this one is not to be used any more.</summary>
    internal MaskRcnnTransformer With(MaskRcnnInferenceOptions inference) => new(Environment, Network, Classes, Options with { Inference = inference });

    internal static MaskRcnnTransformer Load(IHostEnvironment environment, ModelReader reader)
    {
        MaskRcnnSettings settings = reader.ReadSettings<MaskRcnnSettings>();
        reader.RequireWeight("backbone.fpn.layer_blocks.0.0.weight", settings.Channels, settings.Channels, 3, 3);
        reader.RequireWeight("roi_heads.box_predictor.cls_score.weight", settings.Classes.Count + 1, 4L * settings.Channels);
        MaskRcnnNetwork network = Filled(new MaskRcnnNetwork(settings.Backbone.Create(reader, "backbone.body."), settings.Classes.Count, settings.Channels), reader);
        return new MaskRcnnTransformer(environment, network, settings.Classes, settings.Options);
    }

    private protected override RowMap Bind(DataViewSchema input) => new MaskRcnnMap(this, Host, input);

    internal override object Settings =>
        new MaskRcnnSettings { Options = Options, Classes = Classes, Backbone = BackboneRecipe.Of(Network.Backbone), Channels = Network.Channels };
}
