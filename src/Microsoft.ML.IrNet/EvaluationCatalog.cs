using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Evaluation;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet;

/// <summary>What this library adds to the evaluators of an <see cref="MLContext"/>. Rows are read one by one; messages count them from 0.</summary>
public static class EvaluationCatalog
{
    /// <summary>Measures found instances against drawn ones: VOC's AP^r, and COCO's twelve numbers for masks and for boxes (<see cref="InstanceEvaluator"/>, <see cref="CocoEvaluator"/>).</summary>
    /// <remarks>
    /// <para>Classes are matched by name, whatever order the keys of the two label columns have. Masks are as large as the size column says or, where the data has none, as the image.</para>
    /// <para>A row without drawn instances is one in which nothing is there to be found: leave photographs out for which nothing was drawn. Columns hold no crowds and no stated areas,
    /// so on sets that have them COCO's numbers differ from <see cref="LabelEvaluation"/>'s, which are pycocotools' own. Of equal scores those of earlier rows come first.</para>
    /// </remarks>
    /// <param name="catalog">The classification tasks of the context.</param>
    /// <param name="data">Data with both, such as that of <c>LoadLabels</c> or of a transformer.</param>
    /// <param name="columns">The columns' names; the defaults where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    /// <exception cref="DataSetException">A row whose columns do not fit each other, or with a class that the label column does not have; names row, column and instance.</exception>
    public static InstanceSegmentationMetrics EvaluateInstanceSegmentation(
        this MulticlassClassificationCatalog catalog, IDataView data, InstanceSegmentationColumns? columns = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        return InstanceSegmentationEvaluation.Measure(ContextSettings.GetEnvironment(catalog), data, columns ?? new());
    }

    /// <summary>Measures predicted semantic maps against drawn ones: intersection over union over the pixels of all rows, void (255) left out (<see cref="SemanticEvaluator"/>).</summary>
    /// <remarks>
    /// Rows whose drawn map is empty are left out and counted. Labels have the names in <paramref name="classes"/> or, where that is null, those of the keys of
    /// <paramref name="keyColumnName"/>; where the data has no such column either, they are called by their numbers, up to the largest that occurs.
    /// </remarks>
    /// <param name="catalog">The classification tasks of the context.</param>
    /// <param name="data">Data with both, such as that of <c>LoadLabels</c> or of a transformer.</param>
    /// <param name="labelColumnName">The drawn map [height, width], 0 background, class index + 1 a class, 255 void: a vector of Byte.</param>
    /// <param name="predictedColumnName">The predicted map: a vector of Byte of the same length.</param>
    /// <param name="keyColumnName">A vector of Key&lt;UInt32&gt; whose KeyValues name labels 1, 2, ...; null for none.</param>
    /// <param name="classes">The names of labels 1, 2, ...; null for those of the key column.</param>
    /// <param name="predictedClasses">The names of the predicted map's labels 1, 2, ..., where their order is another one; null where it is the same.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type; the message names it and the type expected.</exception>
    /// <exception cref="OptionException">Names that cannot be those of labels.</exception>
    /// <exception cref="DataSetException">Maps of different sizes, a label that is no class, or a predicted class that is none of the drawn ones; names the row.</exception>
    public static SemanticSegmentationMetrics EvaluateSemanticSegmentation(
        this MulticlassClassificationCatalog catalog, IDataView data,
        string labelColumnName = ColumnNames.SemanticLabel, string predictedColumnName = ColumnNames.SemanticMap,
        string? keyColumnName = ColumnNames.Label, IReadOnlyList<string>? classes = null, IReadOnlyList<string>? predictedClasses = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        IHostEnvironment environment = ContextSettings.GetEnvironment(catalog);
        SemanticClasses names = classes is not null
            ? new SemanticClasses(classes, predictedClasses)
            : new SemanticClasses(ReadKeys(environment, data.Schema, keyColumnName), predictedClasses, $"key values of column '{keyColumnName}'");
        return SemanticSegmentationEvaluation.Measure(environment, data, labelColumnName, predictedColumnName, names);
    }

    private static string[]? ReadKeys(IHostEnvironment environment, DataViewSchema schema, string? column)
    {
        if (column is null || schema.GetColumnOrNull(column) is not { } keys)
            return null;
        ColumnRule.Labels.Require(environment, SchemaShapes.Of(schema), column);
        return ClassAnnotations.Read(keys, ClassAnnotations.KeyValues);
    }
}
