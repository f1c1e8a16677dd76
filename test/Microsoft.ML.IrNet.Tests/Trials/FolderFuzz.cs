using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Tests.Fixtures;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>A format of files in a folder, outside of which nothing may be opened: one of them is damaged at a time.</summary>
internal abstract class FolderFuzz : FuzzCase
{
    protected TemporaryFolder Folder { get; } = new();

    /// <summary>Reads the folder as if the file were in it.</summary>
    public sealed override void Parse(FuzzInput input)
    {
        FileLayer.Faults = new PathGuard(Folder.Root, Path.Combine(Folder.Root, input.Kind), input.Bytes);
        try
        {
            ReadFolder(input.Kind);
        }
        finally
        {
            FileLayer.Faults = null;
        }
    }

    /// <summary>Reads the folder, or the part of it that the file belongs to.</summary>
    protected abstract void ReadFolder(string file);

    protected byte[] BytesOf(string file) => File.ReadAllBytes(Path.Combine(Folder.Root, file));

    public override void Dispose()
    {
        Folder.Dispose();
        base.Dispose();
    }
}
