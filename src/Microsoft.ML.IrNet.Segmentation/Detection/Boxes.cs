using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>What the detector does with single boxes, in float32 and in torchvision's order of operations.</summary>
internal static class Boxes
{
    /// <summary>Square pixels covered; a side below 0 keeps its sign.</summary>
    public static float Area(BoundingBox box) => box.Width * box.Height;

    /// <summary>Intersection / (area a + area b - intersection); NaN where both boxes are empty.</summary>
    public static float IntersectionOverUnion(BoundingBox a, BoundingBox b)
    {
        float width = MathF.Max(0, MathF.Min(a.X1, b.X1) - MathF.Max(a.X0, b.X0));
        float height = MathF.Max(0, MathF.Min(a.Y1, b.Y1) - MathF.Max(a.Y0, b.Y0));
        float intersection = width * height;
        return intersection / (Area(a) + Area(b) - intersection);
    }

    /// <summary>The box with its edges moved into [0, width] and [0, height].</summary>
    public static BoundingBox Clip(BoundingBox box, int height, int width) =>
        new(Math.Clamp(box.X0, 0, width), Math.Clamp(box.Y0, 0, height), Math.Clamp(box.X1, 0, width), Math.Clamp(box.Y1, 0, height));

    /// <summary>Whether both sides are at least so many pixels; no box with a NaN has them.</summary>
    public static bool HasSides(BoundingBox box, float least) => box.Width >= least && box.Height >= least;

    /// <summary>The box after its image was resized; each axis has its own ratio.</summary>
    public static BoundingBox Rescale(BoundingBox box, int height, int width, int newHeight, int newWidth)
    {
        (float vertical, float horizontal) = ((float)newHeight / height, (float)newWidth / width);
        return new BoundingBox(box.X0 * horizontal, box.Y0 * vertical, box.X1 * horizontal, box.Y1 * vertical);
    }
}
