namespace Microsoft.ML.IrNet.Files;

/// <summary>A disk that fails, for trials.</summary>
internal interface IFileFaults
{
    /// <summary>May throw, or remove the file.</summary>
    void BeforeOpen(string path, FileAccess access);

    /// <summary>May throw.</summary>
    void BeforeMove(string path);

    /// <summary>A stream whose reading and writing may fail. It owns the file.</summary>
    Stream Wrap(FileStream file);
}
