using System.Text.RegularExpressions;

namespace Microsoft.ML.IrNet.Files;

/// <summary>Writes files whole or not at all: beside their place first, then renamed into it.</summary>
public static partial class AtomicFile
{
    /// <summary>Writes a file through <paramref name="write"/>; an older file of that name stays until the new one is whole.</summary>
    /// <exception cref="OutputException">The disk is full, the folder is not writable, or the path is not valid.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        string full = Path.GetFullPath(path);
        string temporary = $"{full}.{Environment.ProcessId}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            using (Stream stream = FileLayer.Open(temporary, FileMode.CreateNew, FileAccess.ReadWrite))
            {
                using var honest = new HonestStream(stream);
                write(honest);
                honest.ThrowIfFailed();
                FileLayer.Flush(stream);
            }
            FileLayer.Move(temporary, full);
        }
        catch (Exception error)
        {
            TryDelete(temporary);
            // Those who write a format and read it again, as zip files need it, may find it damaged by what the disk did.
            if (error is IOException or UnauthorizedAccessException or InvalidDataException)
                throw new OutputException(path, $"could not be written ({error.Message}); check the free space and the permissions of its folder.", error);
            throw;
        }
    }

    /// <summary>Writes a text file in UTF-8 without a byte order mark.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void WriteText(string path, string text) => WriteBytes(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a file of these bytes.</summary>
    /// <exception cref="OutputException">The file could not be written.</exception>
    public static void WriteBytes(string path, byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        Write(path, stream => stream.Write(bytes));
    }

    /// <summary>Removes what killed processes left half written in a folder and those below it, which nobody else may be writing to.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">Of which file; null for all.</param>
    internal static void RemoveLeftovers(string folder, string? name = null)
    {
        var all = new EnumerationOptions { RecurseSubdirectories = name is null };
        foreach (string path in Directory.EnumerateFiles(folder, $"{name ?? "*"}.*.part", all))
            if (Leftover().IsMatch(Path.GetFileName(path)))
                File.Delete(path);
    }

    [GeneratedRegex(@"\.[0-9]+\.[0-9a-f]{32}\.part$", RegexOptions.CultureInvariant)]
    private static partial Regex Leftover();

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The error that brought us here says more.
        }
    }
}
