using System.Buffers.Binary;
using System.Text;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class BrokenSafeTensorsTests
{
    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 12, "truncated")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", 6, "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "gaps")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 0, "data offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}""", 8, "data offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", 8, "data offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", 8, "data offsets")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904],"data_offsets":[0,0]}}""", 0, "data offsets")]
    [InlineData("""{"a":{"dtype":"U8","shape":[4611686018427387903],"data_offsets":[0,4611686018427387903]}}""", 0, "2 GiB")]
    [InlineData("""{"a":{"dtype":"F8_E4M3","shape":[1],"data_offsets":[0,1]}}""", 1, "F8_E4M3")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[0.5],"data_offsets":[0,4]}}""", 4, "damaged")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "damaged")]
    [InlineData("""{"a":{"dtype":7,"shape":[1],"data_offsets":[0,4]}}""", 4, "damaged")]
    [InlineData("""{"a":7}""", 0, "damaged")]
    [InlineData("""{"\ud800":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 4, "damaged")]
    [InlineData("""["a"]""", 0, "damaged")]
    [InlineData("""{"a":{"dtype":"F32",""", 4, "damaged")]
    public void A_header_that_does_not_fit_its_file_is_refused(string header, int data, string expected) =>
        Assert.Contains(expected, Refused(File(header, data)), StringComparison.Ordinal);

    [Theory]
    [InlineData(1UL << 62)]
    [InlineData(ulong.MaxValue)]
    [InlineData(100UL)]
    public void A_header_longer_than_its_file_is_refused_before_memory_is_taken(ulong length)
    {
        var file = new byte[50];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length);
        Assert.Contains("header", Refused(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_too_short_for_a_header_is_refused() => Assert.Contains("ends before", Refused([1, 2, 3]), StringComparison.Ordinal);

    [Fact]
    public void A_header_nested_without_end_is_refused() => Assert.Contains("damaged", Refused(File(new string('[', 100_000), 0)), StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_and_a_folder_are_refused_by_name()
    {
        Assert.Contains("no such weight file", Assert.Throws<WeightsException>(() => SafeTensors.Read("missing.safetensors")).Message, StringComparison.Ordinal);
        Assert.Throws<WeightsException>(() => WeightFile.Read(Path.GetTempPath()));
    }

    [Fact]
    public void A_file_of_another_kind_is_refused()
    {
        string path = Path.GetTempFileName();
        try
        {
            Assert.Contains("neither", Assert.Throws<WeightsException>(() => WeightFile.Read(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }

    private static string Refused(byte[] file) => Assert.Throws<WeightsException>(() => SafeTensors.Read(new MemoryStream(file), "test")).Message;

    private static byte[] File(string header, int data)
    {
        byte[] text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + data];
        BinaryPrimitives.WriteInt64LittleEndian(file, text.Length);
        text.CopyTo(file, 8);
        return file;
    }
}
