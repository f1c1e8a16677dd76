using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Decides what one bad photograph does to a run: reported and left out, or, in strict mode, the end.</summary>
internal sealed class SkipList(IRunObserver observer, bool strict)
{
    private readonly Dictionary<string, SkippedPhotograph> _skipped = [];

    public IReadOnlyCollection<SkippedPhotograph> Photographs => _skipped.Values;

    public bool Contains(Photograph photograph) => _skipped.ContainsKey(photograph.Name);

    /// <summary>Runs <paramref name="work"/> on a photograph, unless it is, or now becomes, one to leave out.</summary>
    public void Try(Photograph photograph, Action work)
    {
        if (Contains(photograph))
            return;
        try
        {
            work();
        }
        catch (Exception error) when (!strict && error is ImageFileException or DataSetException)
        {
            Add(new SkippedPhotograph(photograph.Name, error.Message));
        }
    }

    /// <summary>Leaves a photograph out from here on.</summary>
    public void Add(SkippedPhotograph photograph)
    {
        if (_skipped.TryAdd(photograph.Name, photograph))
            observer.Warn($"{photograph.Name} is left out: {photograph.Reason}");
    }
}
