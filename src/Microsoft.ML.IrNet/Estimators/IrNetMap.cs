using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What <see cref="IrNetTransformer"/> adds to rows.</summary>
internal sealed class IrNetMap : RowMap
{
    private readonly IrNetTransformer _transformer;
    private readonly int _image;

    public IrNetMap(IrNetTransformer transformer, IExceptionContext context, DataViewSchema input)
    {
        ColumnRule.Image.Require(context, SchemaShapes.Of(input), transformer.Options.ImageColumnName);
        _transformer = transformer;
        _image = input[transformer.Options.ImageColumnName].Index;
        Outputs = Columns(transformer.Options);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>The columns put out.</summary>
    public static DataViewSchema.DetachedColumn[] Columns(IrNetTransformerOptions options)
    {
        var single = new VectorDataViewType(NumberDataViewType.Single);
        return [new(options.BoundaryColumnName, single), new(options.DisplacementColumnName, single)];
    }

    /// <inheritdoc/>
    public override IEnumerable<int> InputsOf(int output) => [_image];

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        if (!row.IsOutputActive(0) && !row.IsOutputActive(1))
            return [null, null];
        var image = new ImageColumn(row.Input, _image);
        var maps = new PerRow<BoundaryDisplacement>(row, () => _transformer.ComputeMaps(image.Read()));
        return
        [
            row.IsOutputActive(0) ? Getters.Vector(() => maps.Value.Boundary) : null,
            row.IsOutputActive(1) ? Getters.Vector(() => maps.Value.Displacement) : null,
        ];
    }
}
