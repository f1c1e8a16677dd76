namespace Microsoft.ML.IrNet.Masks;

/// <summary>A box in pixels: left and top edge inclusive, right and bottom edge exclusive.</summary>
/// <param name="X0">Left edge.</param>
/// <param name="Y0">Top edge.</param>
/// <param name="X1">Right edge, exclusive.</param>
/// <param name="Y1">Bottom edge, exclusive.</param>
public readonly record struct BoundingBox(float X0, float Y0, float X1, float Y1)
{
    /// <summary>Columns covered.</summary>
    public float Width => X1 - X0;

    /// <summary>Rows covered.</summary>
    public float Height => Y1 - Y0;
}
