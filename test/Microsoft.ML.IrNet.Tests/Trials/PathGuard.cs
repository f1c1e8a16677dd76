using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>A disk of which only one folder may be touched, and on which one file has other contents: writing them for every round would take longer than reading them.</summary>
/// <param name="folder">The folder.</param>
/// <param name="replaced">The file, which exists; null for none.</param>
/// <param name="contents">What readers see of it.</param>
internal sealed class PathGuard(string folder, string? replaced = null, byte[]? contents = null) : IFileFaults
{
    private readonly string _folder = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;

    public void BeforeOpen(string path, FileAccess access) => Require(path);

    public void BeforeMove(string path) => Require(path);

    public Stream Wrap(FileStream file)
    {
        if (file.Name != replaced)
            return file;
        file.Dispose();
        return new MemoryStream(contents!);
    }

    private void Require(string path)
    {
        if (!Path.GetFullPath(path).StartsWith(_folder, StringComparison.Ordinal))
            throw new OutsideException($"{path} is opened, which is not below {_folder}.");
    }

    /// <summary>Of no kind that a reader catches.</summary>
    private sealed class OutsideException(string message) : Exception(message);
}
