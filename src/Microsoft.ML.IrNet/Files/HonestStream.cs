using System.Runtime.ExceptionServices;

namespace Microsoft.ML.IrNet.Files;

/// <summary>A stream that remembers what went wrong with it: writers of formats, ML.NET's among them, may keep a full disk to themselves.</summary>
internal sealed class HonestStream(Stream inner) : Stream
{
    private ExceptionDispatchInfo? _failure;

    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => inner.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => inner.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => inner.Position;
        set => Do(() => inner.Position = value);
    }

    /// <summary>Throws what went wrong first, where anything did.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer) => inner.Read(buffer);

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Do(() => inner.Write(buffer, offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception error)
        {
            Remember(error);
            throw;
        }
    }

    /// <inheritdoc/>
    public override void Flush() => Do(inner.Flush);

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin)
    {
        Do(() => inner.Seek(offset, origin));
        return inner.Position;
    }

    /// <inheritdoc/>
    public override void SetLength(long value) => Do(() => inner.SetLength(value));

    private void Do(Action action)
    {
        try
        {
            action();
        }
        catch (Exception error)
        {
            Remember(error);
            throw;
        }
    }

    private void Remember(Exception error) => _failure ??= ExceptionDispatchInfo.Capture(error);
}
