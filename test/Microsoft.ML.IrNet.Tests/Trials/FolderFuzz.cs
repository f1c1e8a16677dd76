using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>A format of files in a folder, outside of which nothing may be opened: one of them is damaged at a time.</summary>
internal abstract class FolderFuzz : FuzzCase
{
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Puts the file in its place, reads the folder and puts the whole file back.</summary>
    public sealed override void Parse(FuzzInput input)
    {
        string path = Path.Combine(Folder.Root, input.Kind);
        byte[] whole = Seeds.First(seed => seed.Kind == input.Kind).Bytes;
        File.WriteAllBytes(path, input.Bytes);
        FileLayer.Faults = new PathGuard(Folder.Root);
        try
        {
            ReadFolder(input.Kind);
        }
        finally
        {
            FileLayer.Faults = null;
            if (!ReferenceEquals(whole, input.Bytes))
                File.WriteAllBytes(path, whole);
        }
    }

    /// <summary>Reads the folder, or the part of it that the file belongs to.</summary>
    protected abstract void ReadFolder(string file);

    protected byte[] BytesOf(string file) => File.ReadAllBytes(Path.Combine(Folder.Root, file));

    public override void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }
}
