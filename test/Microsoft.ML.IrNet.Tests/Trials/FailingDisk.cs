using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>A disk on which one operation goes wrong.</summary>
/// <param name="at">Which one, counted from 0; none where it is never reached.</param>
/// <param name="kind">How.</param>
internal sealed class FailingDisk(int at, DiskFault kind) : IFileFaults
{
    private const int NoSpace = 28, InputOutput = 5;

    private int _operations = -1;

    /// <summary>How many operations there were.</summary>
    public int Operations => _operations + 1;

    /// <summary>What went wrong; null for nothing so far.</summary>
    public string? Failed { get; private set; }

    public void BeforeOpen(string path, FileAccess access)
    {
        if (!IsTurn($"opening {path}"))
            return;
        if (kind == DiskFault.Vanished && access == FileAccess.Read)
            File.Delete(path);
        else
            throw Error();
    }

    public void BeforeMove(string path)
    {
        if (IsTurn($"moving to {path}"))
            throw Error();
    }

    public Stream Wrap(FileStream file) => new FailingStream(file, this);

    private bool IsTurn(string operation)
    {
        if (Interlocked.Increment(ref _operations) != at)
            return false;
        Failed = operation;
        return true;
    }

    private IOException Error() => kind == DiskFault.NoSpace || kind == DiskFault.ShortWrite
        ? new IOException("No space left on device (trial)", NoSpace)
        : new IOException("Input/output error (trial)", InputOutput);

    private sealed class FailingStream(FileStream file, FailingDisk disk) : Stream
    {
        public override bool CanRead => file.CanRead;

        public override bool CanSeek => file.CanSeek;

        public override bool CanWrite => file.CanWrite;

        public override long Length => file.Length;

        public override long Position { get => file.Position; set => file.Position = value; }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (disk.IsTurn($"reading {file.Name}"))
                throw disk.Error();
            return file.Read(buffer);
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (disk.IsTurn($"writing {file.Name}"))
            {
                if (disk.Kind == DiskFault.ShortWrite)
                    file.Write(buffer[..(buffer.Length / 2)]);
                throw disk.Error();
            }
            file.Write(buffer);
        }

        public override void Flush()
        {
            if (disk.IsTurn($"flushing {file.Name}"))
                throw disk.Error();
            file.Flush();
        }

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void SetLength(long value) => file.SetLength(value);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Dispose();
            base.Dispose(disposing);
        }
    }

    private DiskFault Kind => kind;
}

/// <summary>What goes wrong.</summary>
internal enum DiskFault
{
    /// <summary>The disk is full.</summary>
    NoSpace,

    /// <summary>It fills up in the middle of a write.</summary>
    ShortWrite,

    /// <summary>It cannot be read or written there.</summary>
    InputOutput,

    /// <summary>A file that is to be read is gone.</summary>
    Vanished,
}
