namespace Microsoft.ML.IrNet.Files;

/// <summary>Keeps a folder to one process, or one user in a process, at a time. The system lets go of it with the process, however that ends.</summary>
internal sealed class FolderLock : IDisposable
{
    /// <summary>The file that is locked. It is empty, and there as long as the lock is held; what a killed process left is taken over.</summary>
    public const string FileName = ".lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Locks a folder that exists.</summary>
    /// <returns>The lock; null where another has it.</returns>
    /// <exception cref="IOException">The folder cannot be written, or a link is in the place of the lock.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static FolderLock? TryTake(string folder)
    {
        string path = Path.Combine(folder, FileName);
        while (true)
        {
            Links.Refuse(path);
            FileStream file;
            try
            {
                file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
            }
            // A folder that cannot be written has another reason, and then there is no such file to be in use.
            catch (IOException) when (File.Exists(path))
            {
                return null;
            }
            // Opened before the last owner removed it, it keeps nobody out.
            if (File.Exists(path))
                return new FolderLock(file);
            file.Dispose();
        }
    }

    public void Dispose() => _file.Dispose();
}
