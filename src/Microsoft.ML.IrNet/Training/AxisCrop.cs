namespace Microsoft.ML.IrNet.Training;

/// <summary>Which stretch of an image goes where on the training canvas, along one axis.</summary>
/// <param name="Source">First row or column taken from the image.</param>
/// <param name="Destination">Where it goes on the canvas.</param>
/// <param name="Length">How many are taken.</param>
internal readonly record struct AxisCrop(int Source, int Destination, int Length)
{
    /// <summary>A uniform offset in the image where it is longer than the canvas, else a uniform place for the whole image on the canvas.</summary>
    public static AxisCrop Random(int size, int canvas, RandomStream random) => size > canvas
        ? new AxisCrop(random.NextBelow(size - canvas + 1), 0, canvas)
        : new AxisCrop(0, random.NextBelow(canvas - size + 1), size);

    /// <summary>The first rows or columns, as many as fit.</summary>
    public static AxisCrop TopLeft(int size, int canvas) => new(0, 0, Math.Min(size, canvas));
}
