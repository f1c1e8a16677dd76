using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What <see cref="SemanticPseudoLabelTransformer"/> adds to rows.</summary>
internal sealed class SemanticPseudoLabelMap(IExceptionContext context, DataViewSchema input, SemanticPseudoLabelOptions options, Lazy<torch.Device?> device)
    : PseudoLabelMap(context, input, options, device)
{
    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; } = Columns(options);

    /// <summary>The column put out.</summary>
    public static DataViewSchema.DetachedColumn[] Columns(SemanticPseudoLabelOptions options) =>
        [new(options.SemanticMapColumnName, new VectorDataViewType(NumberDataViewType.Byte))];

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        Lazy<PseudoLabelRow> labels = OpenLabels(row);
        if (!row.IsOutputActive(0))
            return [null];
        labels.Value.WantsSemantic = true;
        return [Getters.Vector(() => labels.Value.Labels.Semantic.Labels)];
    }
}
