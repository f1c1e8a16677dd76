using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>What <see cref="MaskRcnnTransformer"/> adds to rows.</summary>
internal sealed class MaskRcnnMap : RowMap
{
    private readonly MaskRcnnTransformer _transformer;
    private readonly int _image;
    private readonly InstanceOutput[] _outputs;

    public MaskRcnnMap(MaskRcnnTransformer transformer, IExceptionContext context, DataViewSchema input)
    {
        ColumnRule.Image.Require(context, SchemaShapes.Of(input), transformer.Options.ImageColumnName);
        (_transformer, _image) = (transformer, input[transformer.Options.ImageColumnName].Index);
        _outputs = Columns(transformer.Options, transformer.Classes);
        Outputs = [.. _outputs.Select(output => output.Column)];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The columns put out for given classes.</summary>
    public static InstanceOutput[] Columns(MaskRcnnTransformerOptions options, IReadOnlyList<string> classes) =>
        InstanceOutput.Found(
            options.PredictedLabelColumnName, options.ScoreColumnName, options.PredictedBoundingBoxesColumnName, options.PredictedMasksColumnName, classes);

    /// <inheritdoc/>
    public override IEnumerable<int> InputsOf(int output) => [_image];

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        var getters = new Delegate?[_outputs.Length];
        if (!Enumerable.Range(0, getters.Length).Any(row.IsOutputActive))
            return getters;
        var image = new ImageColumn(row.Input, _image);
        var instances = new PerRow<IReadOnlyList<InstanceLabel>>(row, () => _transformer.Label(image.Read()).Instances);
        for (int output = 0; output < getters.Length; output++)
            if (row.IsOutputActive(output))
                getters[output] = _outputs[output].Open(() => instances.Value);
        return getters;
    }
}
