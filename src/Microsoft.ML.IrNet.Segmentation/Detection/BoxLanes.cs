using System.Numerics;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>One box in every lane of a vector, to be compared with many at once.</summary>
internal readonly struct BoxLanes(BoundingBox box)
{
    public Vector<float> X0 { get; } = new(box.X0);

    public Vector<float> Y0 { get; } = new(box.Y0);

    public Vector<float> X1 { get; } = new(box.X1);

    public Vector<float> Y1 { get; } = new(box.Y1);

    public Vector<float> Area { get; } = new(Boxes.Area(box));
}
