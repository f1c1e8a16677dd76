using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>A disk of which only one folder may be touched.</summary>
internal sealed class PathGuard(string folder) : IFileFaults
{
    private readonly string _folder = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;

    public void BeforeOpen(string path, FileAccess access) => Require(path);

    public void BeforeMove(string path) => Require(path);

    public Stream Wrap(FileStream file) => file;

    private void Require(string path)
    {
        if (!Path.GetFullPath(path).StartsWith(_folder, StringComparison.Ordinal))
            throw new OutsideException($"{path} is opened, which is not below {_folder}.");
    }

    /// <summary>Of no kind that a reader catches.</summary>
    private sealed class OutsideException(string message) : Exception(message);
}
