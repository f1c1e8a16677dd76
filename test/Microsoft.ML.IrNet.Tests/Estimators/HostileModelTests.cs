using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Fixtures;
using Microsoft.ML.IrNet.Tests.Trials;

namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>Model files made to do harm.</summary>
[Collection("torch")]
public sealed class HostileModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Entries_whose_names_lead_elsewhere_are_written_nowhere()
    {
        string absolute = Path.Combine(Path.GetTempPath(), $"irnet-escaped-{Guid.NewGuid():N}");
        List<(string Name, byte[] Contents)> entries = Entries();
        foreach (string name in new[] { "../escaped", "../../escaped", "..\\escaped", "a/../../../escaped", absolute, "TransformerChain/../../escaped" })
            entries.Add((name, [1, 2, 3]));
        string model = Pack(entries), temporary = Directory.CreateDirectory(_folder.At("deep", "temporary")).FullName;
        using (Load(model, new MLContext { TempFilePath = temporary }) as IDisposable)
        {
        }
        Assert.False(File.Exists(absolute));
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories), path => path.Contains("escaped", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(temporary, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("\"BaseWidth\": 1073741824")]
    [InlineData("\"BaseWidth\": 2147483647")]
    [InlineData("\"BaseWidth\": 4096")]
    public void A_width_that_the_weights_do_not_have_is_refused_before_a_network_is_made(string width)
    {
        string model = Pack(WithSettings(settings => settings.Replace("\"BaseWidth\": 1", width, StringComparison.Ordinal)));
        Assert.Contains("layer4.0.conv2.weight", Assert.Throws<ModelFileException>(() => Load(model)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classes_that_the_weights_do_not_have_are_refused_before_a_network_is_made()
    {
        string many = string.Join(",", Enumerable.Repeat("\"\"", 100_000));
        string model = Pack(WithSettings(settings => settings.Replace("\"cat\"", many, StringComparison.Ordinal)));
        Assert.Contains("classifier.weight", Assert.Throws<ModelFileException>(() => Load(model)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(100_000_000)]
    [InlineData(-1)]
    public void A_chain_that_claims_more_transformers_than_there_are_is_refused_before_memory_is_taken(int count)
    {
        List<(string Name, byte[] Contents)> entries = Entries();
        int chain = entries.FindIndex(entry => entry.Name.EndsWith("Model.key", StringComparison.Ordinal) && Encoding.Latin1.GetString(entry.Contents).Contains("TransformerChain\0", StringComparison.Ordinal));
        byte[] head = entries[chain].Contents;
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan((int)BinaryPrimitives.ReadInt64LittleEndian(head.AsSpan(16))), count);
        string model = Pack(entries);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains("claims", Assert.Throws<ModelFileException>(() => Load(model)).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    private static ITransformer Load(string path, MLContext? context = null) => ModelFile.Load((context ?? new MLContext()).Model, path);

    /// <summary>A classifier of base width 1 for cats.</summary>
    private static List<(string Name, byte[] Contents)> Entries()
    {
        var context = new MLContext();
        using var network = new CamNetwork(new ResNetBackbone(new ResNetOptions { Depth = ResNetDepth.ResNet18, BaseWidth = 1 }), 1);
        var chain = new TransformerChain<ITransformer>(new CamTransformer(ContextSettings.GetEnvironment(context.Transforms), network, ["cat"], new()));
        using var stream = new MemoryStream();
        ModelZip.Write(context.Model, chain, null, stream);
        return ZipMutator.Open(stream.ToArray());
    }

    private static List<(string Name, byte[] Contents)> WithSettings(Func<string, string> change)
    {
        List<(string Name, byte[] Contents)> entries = Entries();
        int settings = entries.FindIndex(entry => entry.Name.EndsWith(ModelWriter.SettingsEntry, StringComparison.Ordinal));
        string before = Encoding.UTF8.GetString(entries[settings].Contents), after = change(before);
        Assert.NotEqual(before, after);
        (string name, byte[] contents) = (entries[settings].Name, Encoding.UTF8.GetBytes(after));
        entries[settings] = (name, contents);
        int checksum = entries.FindIndex(entry => entry.Name == name + ModelWriter.ChecksumSuffix);
        entries[checksum] = (entries[checksum].Name, SHA256.HashData(contents));
        return entries;
    }

    private string Pack(List<(string Name, byte[] Contents)> entries)
    {
        string path = _folder.At("model.zip");
        File.WriteAllBytes(path, ZipMutator.Pack(entries, CompressionLevel.Optimal));
        return path;
    }
}
