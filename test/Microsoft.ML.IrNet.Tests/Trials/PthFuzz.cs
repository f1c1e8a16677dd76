using System.IO.Compression;
using Microsoft.ML.IrNet.Tests.Weights;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>The three formats of .pth files.</summary>
internal sealed class PthFuzz : FuzzCase
{
    private readonly ZipMutator _zip = new(CompressionLevel.NoCompression, (random, _, contents) => ByteMutator.Mutate(random, contents, []));

    public override IReadOnlyList<FuzzInput> Seeds { get; } =
        [new("zip", WeightFixture.Bytes("zip.pth")), new("pickles", WeightFixture.Bytes("legacy.pth")), new("tar", WeightFixture.Bytes("old.pth"))];

    public override byte[] Mutate(Random random, FuzzInput seed) => seed.Kind == "zip"
        ? _zip.Mutate(random, seed.Bytes, seed.Bytes)
        // A tar ends in padding, which nobody reads.
        : ByteMutator.Mutate(random, seed.Kind == "tar" ? seed.Bytes[..7680] : seed.Bytes, seed.Bytes);

    public override void Parse(FuzzInput input) => SafeTensorsFuzz.TouchAll(PthFile.Read(new MemoryStream(input.Bytes), "fuzz"), input.Bytes.Length);

    // A pickle may make a tensor of 64 axes in five bytes: it recalls the class and the arguments and calls.
    public override long AllocationBound(int length) => (1 << 18) + 512L * length;
}
