using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Tests.Masks;

/// <summary>A small row-major mask drawn by chance.</summary>
public sealed record DrawnMask(int Height, int Width, byte[] Pixels)
{
    public RunLengthMask Encode() => RunLengthMask.FromRowMajor(Height, Width, Pixels);
}

internal static class MaskGenerators
{
    public static Gen<DrawnMask> OfSize(int height, int width) =>
        // A density of 0 or 4 of 4 gives empty and full masks often.
        from density in Gen.Choose(0, 4)
        from values in Gen.Choose(0, 3).ArrayOf(height * width)
        select new DrawnMask(height, width, [.. values.Select(value => value < density ? (byte)1 : (byte)0)]);

    public static Arbitrary<DrawnMask> One { get; } = (
        from height in Gen.Choose(1, 9)
        from width in Gen.Choose(1, 9)
        from mask in OfSize(height, width)
        select mask).ToArbitrary();

    public static Arbitrary<(DrawnMask A, DrawnMask B)> Pair { get; } = (
        from height in Gen.Choose(1, 9)
        from width in Gen.Choose(1, 9)
        from a in OfSize(height, width)
        from b in OfSize(height, width)
        select (a, b)).ToArbitrary();

    public static InstanceLabel Instance(int classIndex, float score, RunLengthMask mask) => new(classIndex, score, mask.ComputeBox(), mask);
}
