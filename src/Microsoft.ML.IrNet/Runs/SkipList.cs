using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Decides what one bad photograph does to a run: reported and left out, or, in strict mode, the end.</summary>
internal sealed class SkipList(IRunObserver observer, bool strict)
{
    private readonly Dictionary<string, SkippedPhotograph> _skipped = [];

    public IReadOnlyCollection<SkippedPhotograph> Photographs => _skipped.Values;

    public bool Contains(Photograph photograph) => _skipped.ContainsKey(photograph.Name);

    /// <summary>Runs <paramref name="work"/> on a photograph; false where the photograph is, or just became, one to leave out.</summary>
    public bool Try(Photograph photograph, Action work)
    {
        if (Contains(photograph))
            return false;
        try
        {
            work();
            return true;
        }
        catch (Exception error) when (!strict && error is ImageFileException or DataSetException)
        {
            Add(photograph.Name, error.Message);
            return false;
        }
    }

    public void Add(string name, string reason)
    {
        if (_skipped.TryAdd(name, new SkippedPhotograph(name, reason)))
            observer.Warn($"{name} is left out: {reason}");
    }
}
