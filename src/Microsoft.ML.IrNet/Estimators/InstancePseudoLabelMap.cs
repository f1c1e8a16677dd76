using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What <see cref="InstancePseudoLabelTransformer"/> adds to rows.</summary>
internal sealed class InstancePseudoLabelMap : PseudoLabelMap
{
    private readonly InstanceOutput[] _outputs;

    public InstancePseudoLabelMap(IExceptionContext context, DataViewSchema input, InstancePseudoLabelOptions options, Lazy<torch.Device?> device)
        : base(context, input, options, device)
    {
        _outputs = Columns(options, ClassAnnotations.Read(input[options.TagsColumnName], ClassAnnotations.KeyValues));
        Outputs = [.. _outputs.Select(output => output.Column)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The columns put out for given classes.</summary>
    public static InstanceOutput[] Columns(InstancePseudoLabelOptions options, IReadOnlyList<string> classes) =>
        InstanceOutput.Found(
            options.PredictedLabelColumnName, options.ScoreColumnName, options.PredictedBoundingBoxesColumnName, options.PredictedMasksColumnName, classes);

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        Lazy<PseudoLabelRow> labels = OpenLabels(row);
        var getters = new Delegate?[_outputs.Length];
        for (int output = 0; output < getters.Length; output++)
        {
            if (!row.IsOutputActive(output))
                continue;
            labels.Value.WantsInstances = true;
            getters[output] = _outputs[output].Open(() => labels.Value.Labels.Instances);
        }
        return getters;
    }
}
