using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Tests.Weights;

public sealed class BrokenPthTests
{
    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("old.pth")]
    public void A_truncated_file_is_refused(string file)
    {
        byte[] whole = WeightFixture.Bytes(file);
        // The end of a tar is padding.
        int end = file == "old.pth" ? 4000 : whole.Length;
        for (int length = 0; length < end; length += 97)
            Refused(whole[..length]);
    }

    [Fact]
    public void A_wrong_kind_of_file_is_refused() =>
        Assert.Contains("no .pth file", Refused("<html>404</html>"u8.ToArray()), StringComparison.Ordinal);

    [Fact]
    public void A_zip_without_a_pickle_is_refused() =>
        Assert.Contains("data.pkl", Refused(Zip(("a/b.txt", [1]))), StringComparison.Ordinal);

    [Fact]
    public void A_storage_cannot_name_an_entry_outside_the_tensors()
    {
        byte[] pickle = StateDictPickle("../../etc/passwd", 1);
        Assert.Contains("lacks the entry", Refused(Zip(("m/data.pkl", pickle), ("etc/passwd", new byte[4]))), StringComparison.Ordinal);
    }

    [Fact]
    public void An_entry_that_occurs_twice_is_refused() =>
        Assert.Contains("twice", Refused(Zip(("m/data.pkl", StateDictPickle("0", 1)), ("m/data/0", new byte[4]), ("m/data/0", new byte[4]))), StringComparison.Ordinal);

    [Fact]
    public void A_storage_shorter_than_its_tensor_is_refused() =>
        Assert.Contains("shorter", Refused(Zip(("m/data.pkl", StateDictPickle("0", 2)), ("m/data/0", new byte[4]))), StringComparison.Ordinal);

    [Fact]
    public void A_compressed_entry_is_refused_before_it_is_unpacked()
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = zip.CreateEntry("m/data.pkl", CompressionLevel.Optimal).Open();
            entry.Write(new byte[1 << 20]);
        }
        Assert.Contains("compressed", Refused(buffer.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_with_more_elements_than_its_storage_is_refused_before_memory_is_taken() =>
        Assert.Contains("does not fit", Refused(Zip(("m/data.pkl", StateDictPickle("0", 1, shape: int.MaxValue, stride: 0)), ("m/data/0", new byte[4]))), StringComparison.Ordinal);

    [Theory]
    [InlineData("os", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_tensor_v2\u0000")]
    public void Every_unlisted_name_is_refused(string module, string name)
    {
        byte[] pickle = [.. "\u0002"u8.ToArray().Prepend((byte)0x80), .. Encoding.ASCII.GetBytes($"c{module}\n{name}\n"), .. "(U\u0004truetR."u8];
        Assert.Contains("asks to run", Refused(Zip(("m/data.pkl", pickle))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("(i")] // INST
    [InlineData("P1\n.")] // a persistent id as text
    [InlineData("\u0082\u0001.")] // a registered extension
    public void Every_other_opcode_is_refused(string program)
    {
        byte[] pickle = [0x80, 2, .. Encoding.Latin1.GetBytes(program)];
        Assert.Contains("opcode", Refused(Zip(("m/data.pkl", pickle))), StringComparison.Ordinal);
    }

    [Fact]
    public void Containers_nested_without_end_are_refused() =>
        Assert.Contains("deep", Refused(Zip(("m/data.pkl", [0x80, 2, .. Enumerable.Repeat((byte)'(', 100_000)]))), StringComparison.Ordinal);

    [Fact]
    public void A_pickle_that_takes_too_many_steps_is_refused() =>
        Assert.Contains("steps", Refused(Zip(("m/data.pkl", [0x80, 2, .. Enumerable.Repeat((byte)']', 1_100_000)]))), StringComparison.Ordinal);

    [Fact]
    public void A_string_longer_than_the_file_is_refused_before_memory_is_taken() =>
        Assert.Contains("ends before", Refused(Zip(("m/data.pkl", [0x80, 2, (byte)'X', 0xff, 0xff, 0xff, 0x7f]))), StringComparison.Ordinal);

    private static string Refused(byte[] file) => Assert.Throws<WeightsException>(() => PthFile.Read(new MemoryStream(file), "test")).Message;

    private static byte[] Zip(params (string Name, byte[] Contents)[] entries)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, contents) in entries)
            {
                using Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(contents);
            }
        return buffer.ToArray();
    }

    /// <summary>{"w": a tensor of one axis over a float storage}.</summary>
    private static byte[] StateDictPickle(string key, byte count, int shape = -1, byte stride = 1)
    {
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, shape < 0 ? count : shape);
        return
        [
            0x80, 2, .. "}U\u0001wctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\nFloatStorage\nU"u8, (byte)key.Length, .. Encoding.ASCII.GetBytes(key),
            .. "U\u0003cpuK"u8, count, .. "tQK\0J"u8, .. size, 0x85, (byte)'K', stride, 0x85, 0x89, .. "NtRs."u8,
        ];
    }
}
