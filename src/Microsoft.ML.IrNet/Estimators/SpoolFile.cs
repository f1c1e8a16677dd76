namespace Microsoft.ML.IrNet.Estimators;

/// <summary>A private temporary file that is appended to once and read at random, from several threads. Nothing of it is left behind, not even by a killed process where the system allows it.</summary>
internal sealed class SpoolFile : IDisposable
{
    private readonly string _folder;
    private readonly FileStream _file;
    private long _length;

    /// <summary>Creates the file in <paramref name="folder"/>.</summary>
    /// <exception cref="OutputException">The folder is not writable.</exception>
    public SpoolFile(string folder)
    {
        _folder = folder;
        string path = Path.Combine(folder, $"irnet-{Guid.NewGuid():N}.spool");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.DeleteOnClose | FileOptions.RandomAccess,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        _file = Guard(() => new FileStream(path, options));
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
    }

    /// <summary>Appends bytes and tells where they begin.</summary>
    /// <exception cref="OutputException">The disk is full.</exception>
    public long Append(byte[] bytes)
    {
        long offset = _length;
        Guard(() =>
        {
            RandomAccess.Write(_file.SafeFileHandle, bytes, offset);
            return true;
        });
        _length += bytes.Length;
        return offset;
    }

    /// <summary>Reads bytes that were appended at <paramref name="offset"/>.</summary>
    public byte[] Read(long offset, int count)
    {
        var bytes = new byte[count];
        for (int done = 0; done < count;)
        {
            int read = RandomAccess.Read(_file.SafeFileHandle, bytes.AsSpan(done), offset + done);
            if (read == 0)
                throw new EndOfStreamException($"The temporary file ends at {offset + done}.");
            done += read;
        }
        return bytes;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException(_folder,
                $"decoded photographs could not be kept there ({error.Message}); free space, or set MLContext.TempFilePath to a folder with more.", error);
        }
    }
}
