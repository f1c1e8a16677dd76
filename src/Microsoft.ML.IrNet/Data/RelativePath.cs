namespace Microsoft.ML.IrNet.Data;

/// <summary>
/// File names found in data sets, which must stay below the data set's folder: whoever made the list of a data set has no say in which other files are read. Symbolic links below the folder are
/// another matter: its owner made them, and they are followed for reading.
/// </summary>
internal static class RelativePath
{
    /// <summary>The name with forward slashes, if it is safe to join to a folder.</summary>
    /// <exception cref="DataSetException">The name is empty, absolute or leads upwards.</exception>
    public static string Require(string name, string source)
    {
        string slashed = name.Replace('\\', '/');
        bool drive = slashed.Length > 1 && slashed[1] == ':';
        if (slashed.Length == 0 || slashed[0] == '/' || drive || slashed.Contains('\0', StringComparison.Ordinal) || slashed.Split('/').Contains(".."))
            throw new DataSetException(source, $"names the file '{name}'; expected a path below the data set's folder, neither absolute nor with '..'.");
        return slashed;
    }
}
