using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.IrNet.Files;

/// <summary>
/// Lines that outlive the process: each is on the disk when it has been added. Each carries a checksum, and what follows the last whole one, as a process that was killed leaves it, is cut
/// off. Not for use from several threads at once.
/// </summary>
internal sealed class Journal : IDisposable
{
    private const int ChecksumLength = 16;

    private readonly Stream _file;
    private readonly string _subject;
    private readonly bool _temporary;

    private Journal(Stream file, string subject, bool temporary) => (_file, _subject, _temporary) = (file, subject, temporary);

    /// <summary>Opens a journal, which is made where missing.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">The file cannot be opened, read or written, or is a link.</exception>
    public static Journal Open(string path)
    {
        Journal? journal = null;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            Links.Refuse(path);
            // No buffer: a full disk shows at once, and never while disposing.
            journal = new Journal(FileLayer.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0), path, temporary: false);
            journal._file.SetLength(journal.WholeLines().LastOrDefault().End);
            journal._file.Seek(0, SeekOrigin.End);
            return journal;
        }
        catch (Exception error)
        {
            journal?.Dispose();
            if (error is IOException or UnauthorizedAccessException)
                throw CannotWrite(path, error);
            throw;
        }
    }

    /// <summary>Starts a journal that is removed when it is disposed of.</summary>
    /// <param name="path">A file that does not exist.</param>
    /// <param name="subject">What errors name.</param>
    /// <exception cref="OutputException">The file cannot be made.</exception>
    public static Journal Temporary(string path, string subject)
    {
        try
        {
            return new(FileLayer.Open(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose), subject, temporary: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(subject, error);
        }
    }

    /// <summary>All lines, in order, read from the disk one after the other.</summary>
    /// <exception cref="OutputException">The file cannot be read.</exception>
    public IEnumerable<string> Lines() => WholeLines().Select(line => line.Text);

    /// <summary>Appends a line.</summary>
    /// <param name="text">Without line feeds.</param>
    /// <exception cref="OutputException">The disk is full, for example. The line is then not there.</exception>
    public void Add(string text)
    {
        long end = _file.Length;
        try
        {
            _file.Write(Encoding.UTF8.GetBytes($"{Checksum(text)} {text}\n"));
            if (!_temporary)
                FileLayer.Flush(_file);
        }
        catch (IOException error)
        {
            _file.SetLength(end);
            _file.Seek(0, SeekOrigin.End);
            throw CannotWrite(_subject, error);
        }
    }

    /// <summary>Removes all lines.</summary>
    public void Clear() => _file.SetLength(0);

    public void Dispose() => _file.Dispose();

    private IEnumerable<(string Text, long End)> WholeLines()
    {
        _file.Position = 0;
        try
        {
            using var reader = new StreamReader(_file, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
            long end = 0;
            while (Next(reader) is { } line)
            {
                end += Encoding.UTF8.GetByteCount(line) + 1;
                if (end > _file.Length || line.Length <= ChecksumLength || line[(ChecksumLength + 1)..] is var text && !line.StartsWith(Checksum(text), StringComparison.Ordinal))
                    yield break;
                yield return (text, end);
            }
        }
        finally
        {
            _file.Seek(0, SeekOrigin.End);
        }
    }

    private string? Next(StreamReader reader)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (IOException error)
        {
            throw new OutputException(_subject, $"what was noted there so far cannot be read ({error.Message}); check the disk.", error);
        }
    }

    private static OutputException CannotWrite(string subject, Exception error) =>
        new(subject, $"could not be written ({error.Message}); check the free space and the permissions.", error);

    /// <summary>What stands before a line.</summary>
    internal static string Checksum(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, ChecksumLength / 2));
}
