using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Reads the instances of a data view's rows. Messages count rows and instances from 0.</summary>
internal sealed class InstanceColumns
{
    // Stated boxes are rounded, or are of polygons whose outermost pixels are half covered.
    private const float BoxTolerance = 1;

    private readonly DataViewRow _row;
    private readonly InstanceColumnOptions _options;
    private readonly IReadOnlyList<string> _classes;
    private readonly ClassKeys _keys;
    private readonly Func<uint[]> _labels;
    private readonly Func<ReadOnlyMemory<char>[]> _masks;
    private readonly Func<float[]>? _boxes, _scores;

    /// <param name="row">The row, on which the columns of <see cref="Needed"/> are active.</param>
    /// <param name="options">The columns.</param>
    /// <param name="classes">What class indices refer to; keys are found in them by name.</param>
    public InstanceColumns(DataViewRow row, InstanceColumnOptions options, IReadOnlyList<string> classes)
    {
        (_row, _options, _classes) = (row, options, classes);
        DataViewSchema.Column labels = row.Schema[options.LabelColumnName];
        _keys = new ClassKeys(labels, classes);
        _labels = Getters.Read<uint>(row, labels.Index);
        _masks = Getters.Read<ReadOnlyMemory<char>>(row, row.Schema[options.MasksColumnName].Index);
        if (Boxes(row.Schema, options) is { } boxes)
            _boxes = Getters.Read<float>(row, boxes.Index);
        if (options.ScoreColumnName is { } score)
            _scores = Getters.Read<float>(row, row.Schema[score].Index);
    }

    /// <summary>Throws where a column is missing or of another type than needed.</summary>
    public static void Check(IExceptionContext context, SchemaShape input, InstanceColumnOptions options)
    {
        ColumnRule.Labels.Require(context, input, options.LabelColumnName);
        ColumnRule.Masks.Require(context, input, options.MasksColumnName);
        if (options.BoundingBoxesColumnName is { } boxes && ColumnRule.Has(input, boxes))
            ColumnRule.Boxes.Require(context, input, boxes);
        if (options.ScoreColumnName is { } score)
            ColumnRule.Scores.Require(context, input, score);
    }

    /// <summary>The columns that a cursor has to be asked for.</summary>
    public static IEnumerable<DataViewSchema.Column> Needed(DataViewSchema schema, InstanceColumnOptions options)
    {
        yield return schema[options.LabelColumnName];
        yield return schema[options.MasksColumnName];
        if (Boxes(schema, options) is { } boxes)
            yield return boxes;
        if (options.ScoreColumnName is { } score)
            yield return schema[score];
    }

    /// <summary>The current row's instances, in their order.</summary>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <exception cref="DataSetException">
    /// The columns have different numbers of instances, or one has a class that is none of the classes, a damaged mask or one of another size, a number that is none, or a box that does not fit.
    /// </exception>
    public IReadOnlyList<InstanceLabel> Read(int height, int width)
    {
        uint[] keys = _labels();
        ReadOnlyMemory<char>[] masks = _masks();
        (float[]? boxes, float[]? scores) = (_boxes?.Invoke(), _scores?.Invoke());
        RequireCount(_options.MasksColumnName, masks.Length, keys.Length, 1);
        RequireCount(_options.BoundingBoxesColumnName, boxes?.Length, keys.Length, 4);
        RequireCount(_options.ScoreColumnName, scores?.Length, keys.Length, 1);
        var instances = new InstanceLabel[keys.Length];
        for (int i = 0; i < instances.Length; i++)
        {
            int classIndex = ReadClass(keys[i], i);
            float score = scores is null ? 1 : ReadScore(scores[i], i);
            RunLengthMask mask = ReadMask(masks[i], height, width, i);
            BoundingBox box = boxes is null ? mask.ComputeBox() : new BoundingBox(boxes[4 * i], boxes[4 * i + 1], boxes[4 * i + 2], boxes[4 * i + 3]);
            RequireBox(box, mask, boxes is null ? _options.MasksColumnName : _options.BoundingBoxesColumnName!, i);
            instances[i] = new InstanceLabel(classIndex, score, box, mask);
        }
        return instances;
    }

    private static DataViewSchema.Column? Boxes(DataViewSchema schema, InstanceColumnOptions options) =>
        options.BoundingBoxesColumnName is { } name ? schema.GetColumnOrNull(name) : null;

    private int ReadClass(uint key, int instance)
    {
        int index = _keys.IndexOf(key);
        if (index >= 0)
            return index;
        throw Wrong(_options.LabelColumnName, instance, _keys.IsNamed(key)
            ? $"is of the class '{_keys.NameOf(key)}', which is not known; the classes are {string.Join(", ", _classes)}."
            : $"has the key {key}; expected 1 to {_keys.Count}, so mend or remove the row.");
    }

    private float ReadScore(float score, int instance) => float.IsFinite(score)
        ? score
        : throw Wrong(_options.ScoreColumnName!, instance, $"has the score {score}; expected a finite number.");

    private RunLengthMask ReadMask(ReadOnlyMemory<char> counts, int height, int width, int instance)
    {
        try
        {
            return RunLengthMask.Parse(counts.ToString(), height, width);
        }
        catch (DataSetException error)
        {
            throw new DataSetException(Subject(_options.MasksColumnName, instance),
                $"is no mask of a {height} x {width} photograph (height x width; {error.Message}) Expected COCO's compressed run lengths of the photograph's size.", error);
        }
    }

    private void RequireBox(BoundingBox box, RunLengthMask mask, string column, int instance)
    {
        if (!float.IsFinite(box.Width) || !float.IsFinite(box.Height))
            throw Wrong(column, instance, $"has the box {Text(box)}; expected finite numbers.");
        if (_options.AreFound ? box.Width < 0 || box.Height < 0 : !(box.Width > 0 && box.Height > 0))
            throw Wrong(column, instance, $"has the box {Text(box)}; expected x0, y0, x1, y1 with x0 < x1 and y0 < y1.");
        BoundingBox tight = mask.ComputeBox();
        bool inside = tight.X0 >= box.X0 - BoxTolerance && tight.Y0 >= box.Y0 - BoxTolerance && tight.X1 <= box.X1 + BoxTolerance && tight.Y1 <= box.Y1 + BoxTolerance;
        if (!_options.AreFound && !inside && mask.Area > 0)
            throw Wrong(column, instance, $"has the box {Text(box)} and a mask that reaches over {Text(tight)}; expected the box around the mask (x0, y0, x1, y1).");
    }

    private void RequireCount(string? column, int? count, int instances, int each)
    {
        if (count is { } found && found != (long)each * instances)
            throw new DataSetException($"row {_row.Position}, column '{column}'",
                $"holds {found} values and column '{_options.LabelColumnName}' {instances} instances; expected {each} for each instance.");
    }

    private static string Text(BoundingBox box) => FormattableString.Invariant($"{box.X0}, {box.Y0}, {box.X1}, {box.Y1}");

    private DataSetException Wrong(string column, int instance, string problem) => new(Subject(column, instance), problem);

    private string Subject(string column, int instance) => $"row {_row.Position}, column '{column}', instance {instance}";
}
