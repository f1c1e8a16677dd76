using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Does the same to every photograph, with progress, cancelling, and bad photographs left out.</summary>
internal sealed class PhotographPass(IReadOnlyList<Photograph> photographs, IRunObserver observer, SkipList skips, CancellationToken cancellation)
{
    /// <exception cref="DataSetException">All photographs are left out.</exception>
    public void Run(RunStage stage, Action<Photograph> work)
    {
        int done = 0;
        observer.Started(stage, photographs.Count);
        foreach (Photograph photograph in photographs)
        {
            cancellation.ThrowIfCancellationRequested();
            skips.Try(photograph, () => work(photograph));
            observer.Advanced(stage, ++done, photographs.Count, photograph.Name);
        }
        if (skips.Photographs.Count >= photographs.Count)
            throw new DataSetException("the data set", $"none of its {photographs.Count} photographs could be used; the first: {skips.Photographs.First().Reason}");
    }
}
