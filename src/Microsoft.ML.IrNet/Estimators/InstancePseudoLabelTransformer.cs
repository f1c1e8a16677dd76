using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Makes instance labels of class activation maps, class boundaries and displacement fields (paper section 5).</summary>
/// <remarks>
/// <para>Input columns: Tags, ImageSize, MapSize, Cam, Boundary, Displacement.</para>
/// <para>Output columns: PredictedLabel, Score, PredictedBoundingBoxes, PredictedMasks; see <see cref="ColumnNames"/>. A row in which nothing is found has empty ones.</para>
/// <para>The random walk runs on the device of the context's GpuDeviceId, all else on the CPU.</para>
/// </remarks>
public sealed class InstancePseudoLabelTransformer : RowTransformer
{
    internal static readonly ModelFormat Format = new("IRNETINS", LoaderName, typeof(InstancePseudoLabelTransformer));

    internal const string LoaderName = "IrNetInstances";

    private readonly Lazy<torch.Device?> _device;

    internal InstancePseudoLabelTransformer(IHostEnvironment environment, InstancePseudoLabelOptions options) : base(environment, Format)
    {
        options.Labels.Validate();
        Options = options;
        _device = new(() => DeviceChoice.Cuda(Environment, Host));
    }

    /// <summary>How instances are found and in which columns they are.</summary>
    public InstancePseudoLabelOptions Options { get; }

    internal static InstancePseudoLabelTransformer Load(IHostEnvironment environment, ModelReader reader) =>
        new(environment, reader.ReadSettings<InstancePseudoLabelOptions>());

    private protected override RowMap Bind(DataViewSchema input) => new InstancePseudoLabelMap(Host, input, Options, _device);

    private protected override void Save(ModelWriter writer) => writer.WriteSettings(Options);
}
