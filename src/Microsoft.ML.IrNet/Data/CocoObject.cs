using System.Text.Json;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Data;

/// <summary>An annotation of one photograph.</summary>
/// <param name="ClassIndex">0-based.</param>
/// <param name="Annotation">The rest of it.</param>
internal sealed record CocoObject(int ClassIndex, CocoFile.Annotation Annotation)
{
    /// <summary>Decodes the mask; the box and area are the stated ones, which COCO's own evaluation uses too.</summary>
    /// <exception cref="DataSetException">The mask is damaged or has another size than the photograph.</exception>
    public InstanceLabel Draw(int height, int width, string source)
    {
        try
        {
            RunLengthMask mask = Fill(height, width);
            BoundingBox box = Annotation.Bbox is [var x, var y, var w, var h]
                ? new BoundingBox((float)x, (float)y, (float)(x + w), (float)(y + h))
                : mask.ComputeBox();
            return new InstanceLabel(ClassIndex, Annotation.Score ?? 1, box, mask) { IsCrowd = Annotation.IsCrowd != 0, StatedArea = Annotation.Area };
        }
        catch (DataSetException error)
        {
            throw new DataSetException($"{source} annotation {Annotation.Id}", $"cannot be drawn ({error.Message})", error);
        }
    }

    // Detections of boxes alone are filled boxes, as in COCO's own evaluation.
    private RunLengthMask Fill(int height, int width)
    {
        if (Annotation.Segmentation is null && Annotation.Bbox is [var x, var y, var w, var h])
            return RunLengthMask.FromPolygons(height, width, [[x, y, x, y + h, x + w, y + h, x + w, y]]);
        using var segmentation = JsonDocument.Parse(Annotation.Segmentation ?? "null"u8.ToArray());
        return CocoSegmentation.Read(segmentation.RootElement, height, width);
    }
}
