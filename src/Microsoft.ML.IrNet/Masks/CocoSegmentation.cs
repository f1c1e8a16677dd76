using System.Text.Json;

namespace Microsoft.ML.IrNet.Masks;

/// <summary>Reads the "segmentation" of a COCO annotation in its three forms: polygons, counts, compressed counts.</summary>
internal static class CocoSegmentation
{
    /// <summary>Decodes a segmentation.</summary>
    /// <param name="segmentation">A list of polygons, or an object with "size" [height, width] and "counts" (numbers or a string).</param>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <exception cref="DataSetException">It is of none of these forms, malformed, or of another size.</exception>
    public static RunLengthMask Read(JsonElement segmentation, int height, int width)
    {
        try
        {
            return segmentation.ValueKind == JsonValueKind.Array
                ? RunLengthMask.FromPolygons(height, width, [.. segmentation.EnumerateArray().Select(ReadPolygon)])
                : ReadRuns(segmentation, height, width);
        }
        catch (Exception error) when (error is InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new DataSetException("segmentation", "it is neither a list of polygons nor an object with \"size\" and \"counts\".", error);
        }
    }

    private static double[] ReadPolygon(JsonElement polygon) => [.. polygon.EnumerateArray().Select(number => number.GetDouble())];

    private static RunLengthMask ReadRuns(JsonElement runs, int height, int width)
    {
        int[] size = [.. runs.GetProperty("size").EnumerateArray().Select(side => side.GetInt32())];
        if (size is not [var rows, var columns] || rows != height || columns != width)
            throw new DataSetException("segmentation", $"its mask is {string.Join(" x ", size)}, its photograph {height} x {width} (height x width).");
        JsonElement counts = runs.GetProperty("counts");
        return counts.ValueKind == JsonValueKind.String
            ? RunLengthMask.Parse(counts.GetString()!, height, width)
            : RunLengthMask.FromCounts(height, width, [.. counts.EnumerateArray().Select(count => count.GetUInt32())]);
    }
}
