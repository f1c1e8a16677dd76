namespace Microsoft.ML.IrNet.Files;

/// <summary>Folders that work no longer needs.</summary>
internal static class FolderRemoval
{
    /// <summary>Removes a folder with all that lies in it, where there is one.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public static void Remove(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(path, $"cannot be removed ({error.Message}); mend its permissions.", error);
        }
    }
}
