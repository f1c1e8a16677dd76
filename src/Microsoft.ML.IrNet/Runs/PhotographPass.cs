using Microsoft.ML.IrNet.Data;
using Microsoft.ML.IrNet.Labelling;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>
/// Does the same to every photograph, with progress, cancelling, and bad photographs left out. While the networks work on one, the next is read and the one before
/// finished, on other threads; no more than these three are in memory.
/// </summary>
internal sealed class PhotographPass(IReadOnlyList<Photograph> photographs, IRunObserver observer, SkipList skips, CancellationToken cancellation)
{
    /// <summary>Works through the photographs, in their order.</summary>
    /// <param name="stage">What the observer is told.</param>
    /// <param name="read">Reads a photograph; on another thread.</param>
    /// <param name="compute">Runs the networks, on the calling thread. What it returns is done next, on another thread, and gives what the observer is to be shown.</param>
    /// <param name="isDone">Which photographs need no work; null for none.</param>
    /// <exception cref="DataSetException">All photographs are left out.</exception>
    /// <exception cref="NumericException">A network gave what is no number; names the photograph.</exception>
    public void Run(
        RunStage stage, Func<Photograph, LoadedPhotograph> read, Func<LoadedPhotograph, Func<LabelledPhotograph?>> compute, Func<Photograph, bool>? isDone = null)
    {
        observer.Started(stage, photographs.Count);
        var finishing = new Overlap<LabelledPhotograph?>();
        Task<LoadedPhotograph>? reading = Read(0);
        try
        {
            for (int i = 0; i < photographs.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                (Task<LoadedPhotograph>? current, reading) = (reading, Read(i + 1));
                Action? begin = null;
                skips.Try(photographs[i], () =>
                {
                    if (current?.GetAwaiter().GetResult() is not { } photograph)
                        return;
                    Func<LabelledPhotograph?> rest = Compute(photograph);
                    begin = () => finishing.Begin(photograph.Image, rest);
                });
                if (i > 0)
                    Finish(i - 1);
                cancellation.ThrowIfCancellationRequested();
                begin?.Invoke();
            }
            Finish(photographs.Count - 1);
        }
        finally
        {
            // The caller disposes of what they use.
            finishing.Await();
            if (reading is not null)
                Task.WhenAny(reading).GetAwaiter().GetResult();
        }
        if (skips.Photographs.Count >= photographs.Count)
            throw new DataSetException("the data set", $"none of its {photographs.Count} photographs could be used; the first: {skips.Photographs.First().Reason}");

        Func<LabelledPhotograph?> Compute(LoadedPhotograph loaded)
        {
            try
            {
                return compute(loaded);
            }
            catch (NumericException error)
            {
                throw new NumericException($"{loaded.Photograph.Name}, {error.Subject}", error.Problem, error);
            }
        }

        Task<LoadedPhotograph>? Read(int index) =>
            index < photographs.Count && !skips.Contains(photographs[index]) && isDone?.Invoke(photographs[index]) != true ? Task.Run(() => read(photographs[index])) : null;

        void Finish(int index)
        {
            skips.Try(photographs[index], () =>
            {
                if (finishing.Take() is { } labelled)
                    observer.Labelled(labelled);
            });
            observer.Advanced(stage, index + 1, photographs.Count, photographs[index].Name);
        }
    }
}
