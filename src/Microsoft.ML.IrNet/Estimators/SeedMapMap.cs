using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Seeds;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What <see cref="SeedMapTransformer"/> adds to rows.</summary>
internal sealed class SeedMapMap : RowMap
{
    private readonly SeedMapOptions _options;
    private readonly int _image, _tags, _seeds, _shape;
    private readonly int _classes;

    public SeedMapMap(IExceptionContext context, DataViewSchema input, SeedMapOptions options)
    {
        Check(context, SchemaShapes.Of(input), options);
        _options = options;
        (_image, _tags) = (input[options.ImageColumnName].Index, input[options.TagsColumnName].Index);
        (_seeds, _shape) = (input[options.SeedsColumnName].Index, input[options.SeedShapeColumnName].Index);
        _classes = ClassAnnotations.Read(input[options.TagsColumnName], ClassAnnotations.KeyValues).Length;
        Outputs = Columns(options);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>Throws where an input column is missing or of another type than needed.</summary>
    public static void Check(IExceptionContext context, SchemaShape input, SeedMapOptions options)
    {
        ColumnRule.Image.Require(context, input, options.ImageColumnName);
        ColumnRule.Tags.Require(context, input, options.TagsColumnName);
        ColumnRule.Maps.Require(context, input, options.SeedsColumnName);
        ColumnRule.SeedShape.Require(context, input, options.SeedShapeColumnName);
    }

    /// <summary>The columns put out.</summary>
    public static DataViewSchema.DetachedColumn[] Columns(SeedMapOptions options)
    {
        var single = new VectorDataViewType(NumberDataViewType.Single);
        var size = new VectorDataViewType(NumberDataViewType.Int32, 2);
        return [new(options.ImageSizeColumnName, size), new(options.MapSizeColumnName, size), new(options.CamColumnName, single), new(options.CamFullResolutionColumnName, single)];
    }

    /// <inheritdoc/>
    public override IEnumerable<int> InputsOf(int output) => output < 2 ? [_image] : [_image, _tags, _seeds, _shape];

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        var getters = new Delegate?[Outputs.Count];
        if (!Enumerable.Range(0, Outputs.Count).Any(row.IsOutputActive))
            return getters;
        var size = new PerRow<(int Height, int Width)>(row, new ImageColumn(row.Input, _image).ReadSize);
        Add(0, () => new[] { size.Value.Height, size.Value.Width });
        Add(1, () => new[] { (size.Value.Height + 3) / 4, (size.Value.Width + 3) / 4 });
        if (!row.IsOutputActive(2) && !row.IsOutputActive(3))
            return getters;
        (Func<uint[]> tags, Func<float[]> seeds, Func<int[]> shape) = (Getters.Read<uint>(row.Input, _tags), Getters.Read<float>(row.Input, _seeds), Getters.Read<int>(row.Input, _shape));
        var maps = new PerRow<ClassActivation>(row, () => Read(row.Input, size.Value, tags(), seeds(), shape()));
        Add(2, () => maps.Value.Cam);
        Add(3, () => maps.Value.FullResolution!);
        return getters;

        void Add<T>(int output, Func<T[]> value) => getters[output] = row.IsOutputActive(output) ? Getters.Vector(value) : null;
    }

    private ClassActivation Read(DataViewRow row, (int Height, int Width) size, uint[] tags, float[] seeds, int[] shape)
    {
        string subject = $"row {row.Position}, column '{_options.SeedsColumnName}'";
        if (shape.Aggregate(1L, (product, side) => Math.Max(-1, product * side)) is var count && (count < 0 || count != seeds.Length))
            throw new DataSetException(subject, $"has {seeds.Length} values, where {_options.SeedShapeColumnName} states [{string.Join(", ", shape)}].");
        return SeedMaps.Of(new NpyArray(shape, seeds), size.Height, size.Width, Array.ConvertAll(tags, key => (int)key - 1), _classes, subject);
    }
}
