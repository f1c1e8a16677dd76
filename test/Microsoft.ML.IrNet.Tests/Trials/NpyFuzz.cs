using Microsoft.ML.IrNet.Seeds;
using Microsoft.ML.IrNet.Tests.Seeds;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Seeds of another model.</summary>
internal sealed class NpyFuzz : FuzzCase
{
    public override IReadOnlyList<FuzzInput> Seeds { get; } =
    [
        new("npy", NpyWriter.Encode([1, 2, 3, 4, 5, 6], 1, 2, 3)),
        new("npy", NpyWriter.Encode("|u1", [1, 2, 3, 4], "2, 2")),
        new("npy", NpyWriter.Encode("<f8", new byte[48], "6,")),
    ];

    public override byte[] Mutate(Random random, FuzzInput seed) => random.Next(2) == 0 ? ByteMutator.Mutate(random, seed.Bytes, seed.Bytes) : TextMutator.Mutate(random, seed.Bytes, seed.Bytes);

    // The values in single precision, the header as text and what the pattern takes.
    public override long AllocationBound(int length) => (1 << 17) + 32L * length;

    public override void Parse(FuzzInput input) => NpyFile.Parse(input.Bytes, "seeds.npy");
}
