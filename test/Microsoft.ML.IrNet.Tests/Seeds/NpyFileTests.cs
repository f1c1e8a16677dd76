using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Seeds;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Seeds;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Numbers_of_every_type_are_read()
    {
        float[] expected = [0, 1, 2, 200, 4, 5];
        Same(NpyWriter.Encode(expected, 1, 2, 3));
        Same(NpyWriter.Encode("<f8", MemoryMarshal.AsBytes<double>([.. expected.Select(value => (double)value)]), "1, 2, 3"));
        Same(NpyWriter.Encode("<f2", MemoryMarshal.AsBytes<Half>([.. expected.Select(value => (Half)value)]), "1, 2, 3"));
        Same(NpyWriter.Encode("|u1", [.. expected.Select(value => (byte)value)], "1, 2, 3"));

        void Same(byte[] file)
        {
            NpyArray array = NpyFile.Parse(file, "seeds.npy");
            Assert.Equal([1, 2, 3], array.Shape);
            Assert.Equal(expected, array.Values);
        }
    }

    [Theory]
    [InlineData("<i4", "2", "False", "no plain array")]
    [InlineData("|O", "2", "False", "no plain array")]
    [InlineData(">f4", "2", "False", "no plain array")]
    [InlineData("<f4", "2", "True", "Fortran")]
    [InlineData("<f4", "3", "False", "holds 8 bytes")]
    [InlineData("<f4", "4611686018427387904, 4611686018427387904", "False", "shape")]
    [InlineData("<f4", "2147483647, 2147483647, 2147483647", "False", "holds 8 bytes")]
    [InlineData("<f4", "-1, 2", "False", "no plain array")]
    public void Another_array_is_refused_with_its_path(string type, string shape, string order, string problem)
    {
        byte[] file = NpyWriter.Encode(type, new byte[8], shape, order);
        var error = Assert.Throws<DataSetException>(() => NpyFile.Parse(file, "seeds.npy"));
        Assert.Equal("seeds.npy", error.Subject);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused_at_every_length()
    {
        byte[] file = NpyWriter.Encode([1, 2], 2);
        for (int length = 0; length < file.Length; length++)
            Assert.Throws<DataSetException>(() => NpyFile.Parse(file.AsSpan(0, length), "seeds.npy"));
    }

    [Fact]
    public void A_missing_file_is_named() => Assert.Equal(_folder.At("none.npy"), Assert.Throws<DataSetException>(() => NpyFile.Read(_folder.At("none.npy"))).Subject);
}
