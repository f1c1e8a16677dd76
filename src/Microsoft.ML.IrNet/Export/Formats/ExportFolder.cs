using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>The folder that an export writes to, and nowhere else: links in it are not written through.</summary>
internal sealed class ExportFolder
{
    private readonly string _folder;

    /// <summary>Makes the folder where it is missing.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public ExportFolder(string folder)
    {
        _folder = folder;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(folder, $"could not be made ({error.Message}); check the path and its permissions.", error);
        }
    }

    /// <summary>Where a file belongs.</summary>
    /// <param name="file">A relative path with forward slashes, safe to be joined.</param>
    /// <exception cref="OutputException">A folder on the way is a link.</exception>
    public string At(string file)
    {
        string path = _folder;
        string[] parts = file.Split('/');
        foreach (string part in parts[..^1])
        {
            path = Path.Combine(path, part);
            try
            {
                Links.Refuse(path);
            }
            catch (IOException error)
            {
                throw new OutputException(path, $"could not be written to ({error.Message}).", error);
            }
        }
        return Path.Combine(path, parts[^1]);
    }
}
