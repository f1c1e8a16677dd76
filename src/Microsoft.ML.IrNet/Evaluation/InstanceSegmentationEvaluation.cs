using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Measures the instances of a data view, one row in memory at a time.</summary>
internal static class InstanceSegmentationEvaluation
{
    public static InstanceSegmentationMetrics Measure(IHostEnvironment environment, IDataView data, InstanceSegmentationColumns columns)
    {
        (InstanceColumnOptions drawn, InstanceColumnOptions found) = (columns.Drawn, columns.Found);
        (string size, string image) = (columns.ImageSizeColumnName, columns.ImageColumnName);
        IHost host = environment.Register(nameof(InstanceSegmentationEvaluation));
        SchemaShape shape = SchemaShapes.Of(data.Schema);
        InstanceColumns.Check(host, shape, drawn);
        InstanceColumns.Check(host, shape, found);
        ImageSizeColumn.Check(host, shape, size, image);
        string[] classes = ReadClasses(data.Schema[drawn.LabelColumnName]);
        var instance = new InstanceEvaluator(classes.Length);
        var coco = new CocoEvaluator(classes.Length, CocoIouKind.Mask);
        var cocoBox = new CocoEvaluator(classes.Length, CocoIouKind.Box);
        int images = 0;

        using DataViewRowCursor cursor = data.GetRowCursor(
            [.. InstanceColumns.Needed(data.Schema, drawn), .. InstanceColumns.Needed(data.Schema, found), ImageSizeColumn.Needed(data.Schema, size, image)]);
        var sizes = new ImageSizeColumn(cursor, size, image);
        var truth = new InstanceColumns(cursor, drawn, classes);
        var predictions = new InstanceColumns(cursor, found, classes);
        while (cursor.MoveNext())
        {
            host.CheckAlive();
            (int height, int width) = sizes.Read();
            (IReadOnlyList<InstanceLabel> objects, IReadOnlyList<InstanceLabel> detections) = (truth.Read(height, width), predictions.Read(height, width));
            instance.Add(objects, detections);
            coco.Add(objects, detections);
            cocoBox.Add(objects, detections);
            images++;
        }
        return new InstanceSegmentationMetrics(images, classes, instance.Compute(), coco.Compute(), cocoBox.Compute());
    }

    private static string[] ReadClasses(DataViewSchema.Column labels)
    {
        string[] classes = ClassAnnotations.Read(labels, ClassAnnotations.KeyValues);
        return ClassNames.Repeated(classes) is { } repeated
            ? throw new DataSetException($"column '{labels.Name}'", $"has two keys for the class '{repeated}'; give every class one name.")
            : classes;
    }
}
