namespace Microsoft.ML.IrNet.Files;

/// <summary>
/// Symbolic links where this library writes. A folder of labels or of unfinished work may come from elsewhere, and a link in it would have files changed that its user never named. (Links are followed
/// for reading: people link their photographs.)
/// </summary>
internal static class Links
{
    /// <summary>Refuses a link in the place of a file or folder that is to be written to.</summary>
    /// <exception cref="IOException">There is one.</exception>
    public static void Refuse(string path)
    {
        if (new FileInfo(path).LinkTarget is { } target)
            throw new IOException($"{path} is a link to {target}, which is not written through; remove the link");
    }
}
