namespace IrNetTool.Progress;

/// <summary>Shows a download in megabytes; nothing where the file was there already.</summary>
internal sealed class DownloadProgress(IProgressView view, string name) : IProgress<(long Done, long? Total)>
{
    private const long Megabyte = 1_000_000;
    private bool _begun, _ended;

    public void Report((long Done, long? Total) value)
    {
        if (!_begun)
            view.Begin($"fetch {name}", Megabytes(value.Total ?? 0), "MB");
        _begun = true;
        view.Advance(Megabytes(value.Done), "");
        if (value.Done == value.Total && !_ended)
        {
            view.End("done");
            _ended = true;
        }
    }

    private static long Megabytes(long bytes) => (bytes + Megabyte - 1) / Megabyte;
}
