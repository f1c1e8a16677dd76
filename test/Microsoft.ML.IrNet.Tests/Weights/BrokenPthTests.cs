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

    [Fact]
    public void A_state_dict_that_holds_itself_is_refused() =>
        Assert.Contains("no state dict", Refused(Zip(("m/data.pkl", [0x80, 2, .. "}q\0U\nstate_dicth\0s."u8]))), StringComparison.Ordinal);

    [Fact]
    public void A_list_that_is_made_a_dictionary_again_and_again_is_refused()
    {
        // Ten thousand dictionaries of a thousand entries each, in a hundred kilobytes.
        var pickle = new List<byte>([0x80, 2, .. "ccollections\nOrderedDict\nq\0(]q\u0002("u8]);
        for (int i = 0; i < 1000; i++)
            pickle.AddRange([(byte)'M', (byte)i, (byte)(i >> 8), (byte)'N', 0x86]);
        pickle.AddRange("etq\u0001"u8);
        for (int i = 0; i < 10_000; i++)
            pickle.AddRange("h\0h\u0001R"u8);
        Assert.Contains("again and again", Refused(Zip(("m/data.pkl", [.. pickle, (byte)'.']))), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_more_axes_than_torch_has_is_refused()
    {
        byte[] axes = [.. Enumerable.Repeat("K\u0001"u8.ToArray(), 65).SelectMany(one => one)];
        byte[] pickle = [0x80, 2, .. "}U\u0001wctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\nFloatStorage\nU\u00010U\u0003cpuK\u0001tQK\0("u8, .. axes, (byte)'t', (byte)'(', .. axes, (byte)'t', 0x89, .. "NtRs."u8];
        Assert.Contains("at most 64 axes", Refused(Zip(("m/data.pkl", pickle), ("m/data/0", new byte[4]))), StringComparison.Ordinal);
    }

    [Fact]
    public void Entries_that_lie_over_each_other_are_refused_before_they_take_memory()
    {
        const int storages = 50, length = 100_000;
        byte[] zip = Zip([("m/data.pkl", StateDictPickle(storages)), .. Enumerable.Range(10, storages).Select(i => ($"m/data/{i}", i == 10 ? new byte[length] : new byte[4]))]);
        byte[] overlapping = WithAllEntriesAtTheLargest(zip, length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("lies over another", Refused(overlapping), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * length);
    }

    [Theory]
    [InlineData('0', "ends before")]
    [InlineData('x', "ends before")]
    [InlineData('L', "ends before")]
    public void A_tar_whose_header_claims_more_than_the_file_holds_is_refused_before_memory_is_taken(char kind, string expected)
    {
        byte[] tar = WeightFixture.Bytes("old.pth");
        (tar[156], tar[135]) = ((byte)kind, 0);
        "07777777777"u8.CopyTo(tar.AsSpan(124));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(expected, Refused(tar), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void A_tar_whose_size_is_no_number_is_refused()
    {
        byte[] tar = WeightFixture.Bytes("old.pth");
        tar[124] = (byte)'9';
        Assert.Contains("no number", Refused(tar), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_runs_that_a_file_asks_for()
    {
        string trace = Path.Combine(Path.GetTempPath(), $"irnet-ran-{Guid.NewGuid():N}");
        byte[] command = Encoding.ASCII.GetBytes($"touch {trace}");
        byte[] pickle = [0x80, 2, .. "cos\nsystem\n(U"u8, (byte)command.Length, .. command, .. "tR."u8];
        Assert.Contains("os.system", Refused(Zip(("m/data.pkl", pickle))), StringComparison.Ordinal);
        Assert.Contains("asks to run", Assert.Throws<WeightsException>(() => WeightFile.Read(WeightFixture.PathOf("forbidden.pth"))).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(trace));
    }

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

    /// <summary>Tensors of one element over storages 10, 11, ...</summary>
    private static byte[] StateDictPickle(int storages)
    {
        var pickle = new List<byte>([0x80, 2, (byte)'}']);
        for (int i = 10; i < 10 + storages; i++)
            pickle.AddRange([.. "U\u0002"u8, .. Encoding.ASCII.GetBytes($"{i}"), .. "ctorch._utils\n_rebuild_tensor_v2\n((U\u0007storagectorch\nFloatStorage\nU\u0002"u8,
                .. Encoding.ASCII.GetBytes($"{i}"), .. "U\u0003cpuK\u0001tQK\0K\u0001\u0085K\u0001\u0085"u8.ToArray().Where(value => value != 0xc2), 0x89, .. "NtRs"u8]);
        return [.. pickle, (byte)'.'];
    }

    /// <summary>Every small entry of the zip's directory is said to be where, and as long as, the largest.</summary>
    private static byte[] WithAllEntriesAtTheLargest(byte[] zip, int largest)
    {
        byte[] changed = [.. zip];
        var entries = new List<int>();
        for (int at = 0; at < zip.Length - 46; at++)
            if (zip.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8))
                entries.Add(at);
        int model = entries.Single(at => BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(at + 24)) == largest);
        foreach (int at in entries.Where(at => BinaryPrimitives.ReadInt32LittleEndian(zip.AsSpan(at + 24)) == 4))
        {
            zip.AsSpan(model + 16, 12).CopyTo(changed.AsSpan(at + 16));
            zip.AsSpan(model + 42, 4).CopyTo(changed.AsSpan(at + 42));
        }
        return changed;
    }
}
