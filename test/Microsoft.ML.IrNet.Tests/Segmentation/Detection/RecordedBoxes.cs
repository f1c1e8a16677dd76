using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.IrNet.Masks;
using Microsoft.ML.IrNet.Segmentation.Detection;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Segmentation.Detection;

/// <summary>Boxes of a recording, boxes drawn by chance, and how to compare them.</summary>
internal static class RecordedBoxes
{
    public static BoundingBox[] Boxes(this GoldenSet golden, string array) =>
        MemoryMarshal.Cast<float, BoundingBox>(golden.Read<float>(array)).ToArray();

    public static int[] Whole(this GoldenSet golden, string array) => Array.ConvertAll(golden.Read<long>(array), value => (int)value);

    /// <summary>Rows of image, left, top, right, bottom.</summary>
    public static Region[] Regions(this GoldenSet golden, string array) =>
        [.. golden.Read<float>(array).Chunk(5).Select(row => new Region((int)row[0], new BoundingBox(row[1], row[2], row[3], row[4])))];

    /// <summary>Boxes of 1 to 60 pixels within 0 to 100.</summary>
    public static Gen<BoundingBox> Any { get; } =
        from x in Gen.Choose(0, 80)
        from y in Gen.Choose(0, 80)
        from width in Gen.Choose(2, 120)
        from height in Gen.Choose(2, 120)
        select new BoundingBox(x / 2f, y / 2f, (x + width) / 2f, (y + height) / 2f);

    public static void AssertNear(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, double tolerance, double relative = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            if (!expected[i].Equals(actual[i]) && !(Math.Abs((double)expected[i] - actual[i]) <= tolerance + relative * Math.Abs(expected[i])))
                Assert.Fail($"Value {i} is {actual[i]}, not {expected[i]}.");
    }

    public static void AssertNear(BoundingBox[] expected, BoundingBox[] actual, double tolerance, double relative = 0) =>
        AssertNear(MemoryMarshal.Cast<BoundingBox, float>(expected), MemoryMarshal.Cast<BoundingBox, float>(actual), tolerance, relative);
}
