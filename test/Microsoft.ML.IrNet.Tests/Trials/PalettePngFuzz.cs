using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Label maps as PNG.</summary>
internal sealed class PalettePngFuzz : FuzzCase
{
    public override IReadOnlyList<FuzzInput> Seeds { get; } =
    [
        new("map", Written(new LabelMap(9, 13, [.. Enumerable.Range(0, 117).Select(i => (byte)(i / 20))]))),
        new("map", Pictures.Png(5, 3, 8, 3, [.. Enumerable.Range(0, 5).SelectMany(y => new byte[] { (byte)y, 1, 2, 3 })])),
        new("map", Pictures.Png(2, 11, 1, 3, [0, 0xB4, 0x69, 4, 0x69, 0xB4])),
        new("map", Pictures.Png(2, 7, 2, 3, [0, 0xB4, 0x69, 1, 0x69, 0xB4])),
        new("map", Pictures.Png(2, 3, 4, 0, [2, 0xB4, 0x69, 3, 0x69, 0xB4])),
    ];

    public override byte[] Mutate(Random random, FuzzInput seed) => PngMutator.Mutate(random, seed.Bytes, Other(random, seed));

    public override void Parse(FuzzInput input)
    {
        LabelMap map = PalettePng.Read(new MemoryStream(input.Bytes), "fuzz");
        Assert.Equal((long)map.Height * map.Width, map.Labels.LongLength);
    }

    // Deflate unpacks a byte to at most 1032, and each of those holds up to eight pixels, which are a byte each here; beside them lie the packed rows.
    public override long AllocationBound(int length) => (1 << 16) + 1032L * 9 * (length + 1);

    public static byte[] Written(LabelMap map)
    {
        using var stream = new MemoryStream();
        PalettePng.Write(stream, map);
        return stream.ToArray();
    }
}
