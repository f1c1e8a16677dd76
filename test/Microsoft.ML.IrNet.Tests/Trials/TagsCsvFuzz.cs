using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Folders of photographs with tags.csv.</summary>
internal sealed class TagsCsvFuzz : FolderFuzz
{
    private const string Tags = "tags.csv";

    public TagsCsvFuzz()
    {
        PngFile.Write(Folder.At("a.png"), Pictures.Gradient(4, 6));
        PngFile.Write(Folder.At("photos", "b.png"), Pictures.Gradient(4, 6));
        Folder.Write(Tags, "path,tags\r\na.png,cat;dog\nphotos/b.png,\"cat,\"\"big\"\" dog\"\n\nc.png,\nd.png,bird|cat\n");
        Seeds = [new(Tags, BytesOf(Tags))];
    }

    public override IReadOnlyList<FuzzInput> Seeds { get; }

    public override byte[] Mutate(Random random, FuzzInput seed) => TextMutator.Mutate(random, seed.Bytes, Other(random, seed));

    protected override void ReadFolder(string file)
    {
        foreach (Photograph photograph in TagFolder.Load(Folder.Root, Folder.At(Tags)).Photographs)
            Assert.StartsWith(Folder.Root, Path.GetFullPath(photograph.Path), StringComparison.Ordinal);
    }

    // A row of four bytes makes its fields, its name for errors (which has the file's path in it), its tags and a photograph.
    public override long AllocationBound(int length) => (1 << 18) + 512L * length;
}
