using Microsoft.ML.IrNet.Tests.Weights;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Safetensors files.</summary>
internal sealed class SafeTensorsFuzz : FuzzCase
{
    public override IReadOnlyList<FuzzInput> Seeds { get; } =
    [
        new("file", WeightFixture.Bytes("expected.safetensors")),
        new("file", Written(new StateDict(
            [StoredTensor.FromSingle("layer.weight", [2, 3], [1, 2, 3, 4, 5, 6]), new StoredTensor("empty", StoredType.I64, [0, 4], default)],
            new Dictionary<string, string> { ["step"] = "12", ["recipe"] = "poly" }))),
        new("file", Written(new StateDict([]))),
    ];

    public override byte[] Mutate(Random random, FuzzInput seed) => SafeTensorsMutator.Mutate(random, seed.Bytes, Other(random, seed));

    public override void Parse(FuzzInput input) => TouchAll(SafeTensors.Read(new MemoryStream(input.Bytes), "fuzz"), input.Bytes.Length);

    // A tensor of one byte takes some 60 bytes of header, and 200 bytes in a list and two dictionaries.
    public override long AllocationBound(int length) => (1 << 18) + 64L * length;

    /// <summary>Reads every byte of every tensor, and turns as many into numbers as the file could hold if no two shared theirs.</summary>
    public static void TouchAll(StateDict weights, int fileLength)
    {
        long left = fileLength;
        foreach (StoredTensor tensor in weights.Values)
        {
            Assert.Equal(tensor.Count, StoredTypes.Count(tensor.Shape));
            Assert.InRange(tensor.Data.Length, 0, fileLength);
            if ((left -= tensor.Data.Length) >= 0)
                Assert.Equal(tensor.Count, tensor.ToSingle().Length);
        }
    }

    public static byte[] Written(StateDict weights)
    {
        using var stream = new MemoryStream();
        SafeTensors.Write(stream, weights);
        return stream.ToArray();
    }
}
