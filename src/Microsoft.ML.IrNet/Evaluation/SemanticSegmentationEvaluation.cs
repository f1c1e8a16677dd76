using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Measures the semantic maps of a data view, one row in memory at a time.</summary>
internal static class SemanticSegmentationEvaluation
{
    public static SemanticSegmentationMetrics Measure(
        IHostEnvironment environment, IDataView data, string drawnColumn, string predictedColumn, SemanticClasses classes)
    {
        IHost host = environment.Register(nameof(SemanticSegmentationEvaluation));
        SchemaShape shape = SchemaShapes.Of(data.Schema);
        ColumnRule.SemanticMap.Require(host, shape, drawnColumn);
        ColumnRule.SemanticMap.Require(host, shape, predictedColumn);
        var evaluator = new SemanticEvaluator(classes.Count);
        (int images, int withoutTruth, int largest) = (0, 0, 0);

        using DataViewRowCursor cursor = data.GetRowCursor([data.Schema[drawnColumn], data.Schema[predictedColumn]]);
        Func<byte[]> readDrawn = Getters.Read<byte>(cursor, data.Schema[drawnColumn].Index);
        Func<byte[]> readPredicted = Getters.Read<byte>(cursor, data.Schema[predictedColumn].Index);
        while (cursor.MoveNext())
        {
            host.CheckAlive();
            byte[] drawn = readDrawn();
            if (drawn.Length == 0)
            {
                withoutTruth++;
                continue;
            }
            byte[] predicted = readPredicted();
            string row = $"row {cursor.Position}, column '{predictedColumn}'";
            if (predicted.Length != drawn.Length)
                throw new DataSetException(row, $"holds a map of {predicted.Length} pixels and column '{drawnColumn}' one of {drawn.Length}; predict the same photographs at their own size.");
            LabelMap truth = classes.Drawn(drawn, $"row {cursor.Position}, column '{drawnColumn}'");
            LabelMap prediction = classes.Predicted(predicted, row);
            evaluator.Add(truth, prediction);
            largest = Math.Max(largest, Math.Max(Largest(truth), Largest(prediction)));
            images++;
        }
        SemanticMetrics metrics = evaluator.Compute();
        return new SemanticSegmentationMetrics(images, withoutTruth, metrics.MeanIoU, classes.ByName(metrics.PerClassIoU, largest));
    }

    private static int Largest(LabelMap map)
    {
        int largest = 0;
        foreach (byte label in map.Labels)
            if (label > largest && label != LabelMap.Void)
                largest = label;
        return largest;
    }
}
