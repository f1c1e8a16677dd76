using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class PthFileTests
{
    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void What_torch_saved_is_read_whatever_its_types_views_and_strides(string file)
    {
        StateDict expected = SafeTensors.Read(WeightFixture.PathOf("expected.safetensors"));
        StateDict actual = PthFile.Read(WeightFixture.PathOf(file));
        Same.Tensors(expected, actual);
        Assert.Equal(expected.Keys, actual.Keys);
    }

    [Fact]
    public void The_oldest_format_is_read_with_its_parameters_and_storage_views()
    {
        StateDict weights = WeightFile.Read(WeightFixture.PathOf("old.pth"));
        Assert.Equal(["weight", "bias"], weights.Keys);
        Assert.Equal([2, 3], weights["weight"].Shape);
        Assert.Equal([0.5f, -1, 2, 4, 8, 16], weights["weight"].ToSingle());
        Assert.Equal([4f, 8, 16], weights["bias"].ToSingle());
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("old.pth")]
    public void A_stream_that_cannot_seek_serves_as_well(string file)
    {
        using var stream = new ForwardStream(WeightFixture.Bytes(file));
        Same.Tensors(PthFile.Read(WeightFixture.PathOf(file)), PthFile.Read(stream, file));
    }

    [Fact]
    public void A_file_that_asks_to_run_something_is_refused_and_nothing_runs()
    {
        var error = Assert.Throws<WeightsException>(() => WeightFile.Read(WeightFixture.PathOf("forbidden.pth")));
        Assert.Contains("posix.system", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("forbidden-was-run"));
    }

    [Fact]
    public void Tensors_that_are_one_in_the_file_share_their_memory()
    {
        StateDict weights = PthFile.Read(WeightFixture.PathOf("zip.pth"));
        Assert.True(weights["layer.weight"].Data.Equals(weights["layer.alias"].Data));
    }

    private sealed class ForwardStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }
    }
}
