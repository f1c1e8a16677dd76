using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Data;

/// <summary>Opens the files that describe a data set, giving every way in which that can fail the same error.</summary>
internal static class DataSetFile
{
    /// <exception cref="DataSetException">The file is missing or not readable.</exception>
    public static Stream Open(string path)
    {
        try
        {
            return FileLayer.OpenRead(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DataSetException(path, "does not exist; the data set needs it.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new DataSetException(path, $"could not be read ({error.Message}).", error);
        }
    }

    /// <exception cref="DataSetException">The file is missing or not readable.</exception>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(Open(path));
        return reader.ReadToEnd();
    }

    /// <exception cref="DataSetException">The file is missing or not readable.</exception>
    public static string[] ReadLines(string path) => ReadText(path).Split('\n', StringSplitOptions.TrimEntries);
}
