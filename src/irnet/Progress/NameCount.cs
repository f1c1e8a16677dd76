namespace IrNetTool.Progress;

/// <summary>Shows how many photographs are done, by their names.</summary>
internal sealed class NameCount(IProgressView view) : IProgress<string>
{
    private int _done;

    public void Report(string value) => view.Advance(++_done, value);
}
