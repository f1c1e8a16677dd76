using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Makes semantic maps of class activation maps and class boundaries (paper section 5).</summary>
/// <remarks>
/// <para>Input columns: Tags, ImageSize, MapSize, Cam, Boundary, Displacement.</para>
/// <para>
/// Output column: SemanticMap; see <see cref="ColumnNames"/>. Right after an <see cref="InstancePseudoLabelTransformer"/> with equal options its walk serves both.
/// </para>
/// <para>The random walk runs on the device of the context's GpuDeviceId, all else on the CPU.</para>
/// </remarks>
public sealed class SemanticPseudoLabelTransformer : RowTransformer
{
    internal static readonly ModelFormat Format = new("IRNETSEM", LoaderName, typeof(SemanticPseudoLabelTransformer));

    internal const string LoaderName = "IrNetSemantic";

    private readonly Lazy<torch.Device?> _device;

    internal SemanticPseudoLabelTransformer(IHostEnvironment environment, SemanticPseudoLabelOptions options) : base(environment, Format)
    {
        options.Labels.Validate();
        Options = options;
        _device = new(() => DeviceChoice.Cuda(Environment, Host));
    }

    /// <summary>How maps are made and in which column they are.</summary>
    public SemanticPseudoLabelOptions Options { get; }

    internal static SemanticPseudoLabelTransformer Load(IHostEnvironment environment, ModelReader reader) =>
        new(environment, reader.ReadSettings<SemanticPseudoLabelOptions>());

    private protected override RowMap Bind(DataViewSchema input) => new SemanticPseudoLabelMap(Host, input, Options, _device);

    private protected override void Save(ModelWriter writer) => writer.WriteSettings(Options);
}
