namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Polygons of the simple figures that tools draw.</summary>
internal static class ShapeOutline
{
    // Of a radius of 100 pixels the polygon's edge is a hundredth of a pixel inside the curve.
    private const int EllipseCorners = 360;

    public static double[] Rectangle(double x0, double y0, double x1, double y1) => [x0, y0, x1, y0, x1, y1, x0, y1];

    public static double[] Ellipse(double centreX, double centreY, double radiusX, double radiusY) =>
    [
        .. Enumerable.Range(0, EllipseCorners).SelectMany(i =>
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * i / EllipseCorners);
            return new[] { centreX + radiusX * cosine, centreY + radiusY * sine };
        }),
    ];
}
