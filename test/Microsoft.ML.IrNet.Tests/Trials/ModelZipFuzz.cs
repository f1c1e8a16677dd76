using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.ML.Data;
using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Interop;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Tests.Estimators;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>ML.NET's model files with this library's transformers.</summary>
internal sealed class ModelZipFuzz : FolderFuzz
{
    private const string Labels = "labels.zip", Own = "own.zip", Residual = "residual.zip";

    private static readonly ResNetOptions Shape = new() { Depth = ResNetDepth.ResNet18, BaseWidth = 1 };

    private readonly MLContext _ml = new(seed: 1);
    private readonly ZipMutator _zip = new(CompressionLevel.Fastest, Mutate) { Repair = PutChecksumsRight };

    public ModelZipFuzz()
    {
        IHostEnvironment environment = ContextSettings.GetEnvironment(_ml.Transforms);
        Save(Labels, new InstancePseudoLabelTransformer(environment, new()), new SemanticPseudoLabelTransformer(environment, new()));
        Save(Own, new CamTransformer(environment, new CamNetwork(new CountingBackbone(), 2), ["cat", "dog"], new()));
        Save(Residual, new CamTransformer(environment, new CamNetwork(new ResNetBackbone(Shape), 2), ["cat", "dog"], new()));
        // Those without a network are loaded in a fraction of the time, and their settings are read by the same code.
        Seeds = [.. new[] { Labels, Labels, Labels, Own, Own, Residual }.Select(file => new FuzzInput(file, BytesOf(file)))];
    }

    public override IReadOnlyList<FuzzInput> Seeds { get; }

    public override byte[] Mutate(Random random, FuzzInput seed) => _zip.Mutate(random, seed.Bytes, Other(random, seed));

    protected override void ReadFolder(string file) => (ModelFile.Load(_ml.Model, Folder.At(file)) as IDisposable)?.Dispose();

    // Deflate unpacks a byte to at most 1032, which are copied while a stream without a length is read to its end. ML.NET itself takes some megabytes for its catalog of classes.
    public override long AllocationBound(int length) => (1 << 23) + 1032L * 4 * length;

    private void Save(string file, params ITransformer[] parts)
    {
        using var chain = new TransformerChain<ITransformer>(parts);
        using var stream = new FileStream(Folder.At(file), FileMode.Create, FileAccess.ReadWrite);
        ModelZip.Write(_ml.Model, chain, null, stream);
    }

    private static byte[] Mutate(Random random, string name, byte[] contents) =>
        name.EndsWith(ModelWriter.SettingsEntry, StringComparison.Ordinal) ? TextMutator.Mutate(random, contents, contents)
        : name.EndsWith(ModelWriter.WeightsEntry, StringComparison.Ordinal) ? SafeTensorsMutator.Mutate(random, contents, contents)
        : ByteMutator.Mutate(random, contents, contents);

    private static void PutChecksumsRight(Random random, List<(string Name, byte[] Contents)> entries)
    {
        if (random.Next(8) == 0)
            return;
        for (int i = 0; i < entries.Count; i++)
            if (entries[i].Name.EndsWith(ModelWriter.ChecksumSuffix, StringComparison.Ordinal)
                && entries.FindIndex(entry => entry.Name + ModelWriter.ChecksumSuffix == entries[i].Name) is >= 0 and var of)
                entries[i] = (entries[i].Name, SHA256.HashData(entries[of].Contents));
    }
}
