namespace Microsoft.ML.IrNet.Files;

/// <summary>Where files are opened, moved and read whole, so that trials can put a failing disk below everything else.</summary>
internal static class FileLayer
{
    private static readonly AsyncLocal<IFileFaults?> Disk = new();

    /// <summary>What goes wrong, in this flow of control and those it starts; null for nothing.</summary>
    public static IFileFaults? Faults
    {
        get => Disk.Value;
        set => Disk.Value = value;
    }

    /// <summary>Opens a file.</summary>
    public static Stream Open(string path, FileMode mode, FileAccess access, FileShare share = FileShare.Read, int bufferSize = 4096, FileOptions options = FileOptions.None)
    {
        IFileFaults? faults = Faults;
        faults?.BeforeOpen(path, access);
        var file = new FileStream(path, mode, access, share, bufferSize, options);
        return faults is null ? file : faults.Wrap(file);
    }

    /// <summary>Opens a file to be read.</summary>
    public static Stream OpenRead(string path) => Open(path, FileMode.Open, FileAccess.Read);

    /// <summary>Reads all bytes of a file.</summary>
    public static byte[] ReadBytes(string path)
    {
        if (Faults is null)
            return File.ReadAllBytes(path);
        using Stream stream = OpenRead(path);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Reads a text file.</summary>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(OpenRead(path));
        return reader.ReadToEnd();
    }

    /// <summary>Brings what was written to the disk itself.</summary>
    public static void Flush(Stream stream)
    {
        if (stream is FileStream file)
            file.Flush(flushToDisk: true);
        else
            stream.Flush();
    }

    /// <summary>Puts a file in the place of another.</summary>
    public static void Move(string from, string to)
    {
        Faults?.BeforeMove(to);
        File.Move(from, to, overwrite: true);
    }
}
