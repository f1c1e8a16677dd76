using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Boxes as COCO's evaluation compares them, in double precision.</summary>
internal static class CocoBox
{
    public static double Area(BoundingBox box) => ((double)box.X1 - box.X0) * ((double)box.Y1 - box.Y0);

    public static double IntersectionOverUnion(BoundingBox detection, BoundingBox truth, bool crowd)
    {
        double width = (double)Math.Min(detection.X1, truth.X1) - Math.Max(detection.X0, truth.X0);
        double height = (double)Math.Min(detection.Y1, truth.Y1) - Math.Max(detection.Y0, truth.Y0);
        if (width <= 0 || height <= 0)
            return 0;
        double intersection = width * height;
        return intersection / (crowd ? Area(detection) : Area(detection) + Area(truth) - intersection);
    }
}
