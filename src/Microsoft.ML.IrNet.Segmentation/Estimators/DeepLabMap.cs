using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>What <see cref="DeepLabTransformer"/> adds to rows.</summary>
internal sealed class DeepLabMap : RowMap
{
    private readonly DeepLabTransformer _transformer;
    private readonly int _image;

    public DeepLabMap(DeepLabTransformer transformer, IExceptionContext context, DataViewSchema input)
    {
        ColumnRule.Image.Require(context, SchemaShapes.Of(input), transformer.Options.ImageColumnName);
        (_transformer, _image) = (transformer, input[transformer.Options.ImageColumnName].Index);
        Outputs = Columns(transformer.Options);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The column put out.</summary>
    public static DataViewSchema.DetachedColumn[] Columns(DeepLabTransformerOptions options) =>
        [new(options.SemanticMapColumnName, new VectorDataViewType(NumberDataViewType.Byte))];

    /// <inheritdoc/>
    public override IEnumerable<int> InputsOf(int output) => [_image];

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        if (!row.IsOutputActive(0))
            return [null];
        var image = new ImageColumn(row.Input, _image);
        var map = new PerRow<byte[]>(row, () => _transformer.Label(image.Read()).Semantic.Labels);
        return [Getters.Vector(() => map.Value)];
    }
}
