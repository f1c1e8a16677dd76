using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>The names of the classes in semantic maps, which hold but numbers.</summary>
internal static class DeepLabClasses
{
    private static readonly string[] _keyColumns = [ColumnNames.Tags, ColumnNames.PredictedLabel, ColumnNames.Label];

    /// <summary>The classes of the training data, in the order of their labels.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The column given is missing or of another type.</exception>
    /// <exception cref="OptionException">There is no column of keys and no option, or the names cannot be those of labels.</exception>
    public static string[] Require(IExceptionContext context, DataViewSchema schema, DeepLabEstimatorOptions options)
    {
        if (Find(context, schema, options) is var (column, keys))
        {
            _ = new SemanticClasses(keys, null, $"key values of column '{column}'");
            return keys;
        }
        if (options.ClassNames is not { } given)
            throw new OptionException(nameof(options.ClassNames),
                $"nothing names the classes: give names here, or data with a vector of Key<UInt32> with KeyValues in one of the columns {string.Join(", ", _keyColumns)} or KeyColumnName.");
        _ = new SemanticClasses(given, null, nameof(options.ClassNames));
        return [.. given];
    }

    /// <summary>What the labels of a data view's maps mean in the classes of a network: equal names where the data has its own, else equal numbers.</summary>
    public static SemanticClasses In(IExceptionContext context, DataViewSchema schema, DeepLabEstimatorOptions options, string[] classes) =>
        new(classes, Find(context, schema, options)?.Keys);

    private static (string Column, string[] Keys)? Find(IExceptionContext context, DataViewSchema schema, DeepLabEstimatorOptions options)
    {
        SchemaShape shape = SchemaShapes.Of(schema);
        if (options.KeyColumnName is { } given)
            ColumnRule.Labels.Require(context, shape, given);
        string? name = options.KeyColumnName ?? _keyColumns.FirstOrDefault(name => shape.Any(column => column.Name == name && ColumnRule.Labels.Accepts(column)));
        return name is null ? null : (name, ClassAnnotations.Read(schema[name], ClassAnnotations.KeyValues));
    }
}
