using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What <see cref="CamTransformer"/> adds to rows.</summary>
internal sealed class CamMap : RowMap
{
    // In the order of Outputs.
    private const int Tags = 0, ImageSize = 1, MapSize = 2, Cam = 3, CamFullResolution = 4, ClassScore = 5;

    private readonly CamTransformer _transformer;
    private readonly int _image;
    private readonly int? _tags;

    public CamMap(CamTransformer transformer, IExceptionContext context, DataViewSchema input)
    {
        CamTransformerOptions options = transformer.Options;
        Check(context, SchemaShapes.Of(input), options);
        _transformer = transformer;
        _image = input[options.ImageColumnName].Index;
        _tags = input.GetColumnOrNull(options.TagsColumnName)?.Index;
        Outputs = Columns(options, transformer.Classes);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<DataViewSchema.DetachedColumn> Outputs { get; }

    /// <summary>Throws where an input column is of another type than needed, or the image is missing.</summary>
    public static void Check(IExceptionContext context, SchemaShape input, CamTransformerOptions options)
    {
        ColumnRule.Image.Require(context, input, options.ImageColumnName);
        if (ColumnRule.Has(input, options.TagsColumnName))
            ColumnRule.Tags.Require(context, input, options.TagsColumnName);
    }

    /// <summary>The columns put out for given classes.</summary>
    public static DataViewSchema.DetachedColumn[] Columns(CamTransformerOptions options, IReadOnlyList<string> classes)
    {
        var single = new VectorDataViewType(NumberDataViewType.Single);
        var size = new VectorDataViewType(NumberDataViewType.Int32, 2);
        return
        [
            new(options.TagsColumnName, ClassAnnotations.KeyVector(classes), ClassAnnotations.Create(ClassAnnotations.KeyValues, classes)),
            new(options.ImageSizeColumnName, size),
            new(options.MapSizeColumnName, size),
            new(options.CamColumnName, single),
            new(options.CamFullResolutionColumnName, single),
            new(options.ClassScoreColumnName, new VectorDataViewType(NumberDataViewType.Single, classes.Count), ClassAnnotations.Create(ClassAnnotations.SlotNames, classes)),
        ];
    }

    /// <inheritdoc/>
    public override IEnumerable<int> InputsOf(int output) =>
        output is Tags or Cam or CamFullResolution && _tags is { } tags ? [_image, tags] : [_image];

    /// <inheritdoc/>
    public override Delegate?[] Open(MappedRow row)
    {
        if (!Enumerable.Range(0, Outputs.Count).Any(row.IsOutputActive))
            return new Delegate?[Outputs.Count];
        bool full = row.IsOutputActive(CamFullResolution);
        bool maps = full || row.IsOutputActive(Cam);
        var image = new PerRow<RgbImage>(row, new ImageColumn(row.Input, _image).Read);
        Func<int[]> readTags = (maps || row.IsOutputActive(Tags)) && _tags is { } column ? new TagColumn(row.Input, column, _transformer.Classes).Read : () => [];
        var given = new PerRow<int[]>(row, readTags);
        var activation = new PerRow<ClassActivation>(row, () => _transformer.ComputeMaps(image.Value, given.Value is { Length: > 0 } tags ? tags : null, full));
        var scores = new PerRow<float[]>(row, () => maps ? activation.Value.ClassScore : _transformer.ComputeScores(image.Value));

        var getters = new Delegate?[Outputs.Count];
        void Add<T>(int output, Func<T[]> value) => getters[output] = row.IsOutputActive(output) ? Getters.Vector(value) : null;
        Add(Tags, () => Array.ConvertAll(given.Value is { Length: > 0 } tags ? tags : Found(scores.Value), tag => (uint)tag + 1));
        Add(ImageSize, () => new[] { image.Value.Height, image.Value.Width });
        Add(MapSize, () => new[] { (image.Value.Height + 3) / 4, (image.Value.Width + 3) / 4 });
        Add(Cam, () => activation.Value.Cam);
        Add(CamFullResolution, () => activation.Value.FullResolution!);
        Add(ClassScore, () => scores.Value);
        return getters;
    }

    private int[] Found(float[] scores) => [.. Enumerable.Range(0, scores.Length).Where(index => scores[index] >= _transformer.Options.TagThreshold)];
}
