using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>
/// Does the same to every photograph, with progress, cancelling, and bad photographs left out. While the networks work on one, the next is read and the one before
/// finished, on other threads; no more than these three are in memory.
/// </summary>
internal sealed class PhotographPass(IReadOnlyList<Photograph> photographs, IRunObserver observer, SkipList skips, CancellationToken cancellation)
{
    // What networks and CRF need of larger ones does not fit into memory side by side.
    private const long MostOverlappingPixels = 4_000_000;

    /// <summary>Works through the photographs, in their order.</summary>
    /// <param name="stage">What the observer is told.</param>
    /// <param name="read">Reads a photograph; on another thread.</param>
    /// <param name="compute">Runs the networks, on the calling thread. What it returns is done next, on another thread, and gives what the observer is to be shown.</param>
    /// <param name="isDone">Which photographs need no work; null for none.</param>
    /// <exception cref="DataSetException">All photographs are left out.</exception>
    public void Run(
        RunStage stage, Func<Photograph, LoadedPhotograph> read, Func<LoadedPhotograph, Func<LabelledPhotograph?>> compute, Func<Photograph, bool>? isDone = null)
    {
        observer.Started(stage, photographs.Count);
        Task<LoadedPhotograph>? reading = Read(0);
        Task<LabelledPhotograph?>? finishing = null;
        try
        {
            for (int i = 0; i < photographs.Count; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                (Task<LoadedPhotograph>? current, reading) = (reading, Read(i + 1));
                Func<LabelledPhotograph?>? rest = null;
                bool overlaps = true;
                skips.Try(photographs[i], () =>
                {
                    if (current?.GetAwaiter().GetResult() is not { } photograph)
                        return;
                    rest = compute(photograph);
                    overlaps = (long)photograph.Image.Height * photograph.Image.Width <= MostOverlappingPixels;
                });
                Collect(i - 1, finishing);
                cancellation.ThrowIfCancellationRequested();
                finishing = rest is null ? null : Task.Run(rest);
                if (!overlaps)
                    Await(finishing);
            }
            Collect(photographs.Count - 1, finishing);
        }
        finally
        {
            // The caller disposes of what they use.
            Await(reading, finishing);
        }
        if (skips.Photographs.Count >= photographs.Count)
            throw new DataSetException("the data set", $"none of its {photographs.Count} photographs could be used; the first: {skips.Photographs.First().Reason}");

        Task<LoadedPhotograph>? Read(int index) =>
            index < photographs.Count && !skips.Contains(photographs[index]) && isDone?.Invoke(photographs[index]) != true ? Task.Run(() => read(photographs[index])) : null;

        void Collect(int index, Task<LabelledPhotograph?>? finished)
        {
            if (index < 0)
                return;
            skips.Try(photographs[index], () =>
            {
                if (finished?.GetAwaiter().GetResult() is { } labelled)
                    observer.Labelled(labelled);
            });
            observer.Advanced(stage, index + 1, photographs.Count, photographs[index].Name);
        }
    }

    /// <summary>Waits, and leaves errors to whoever asks for the results.</summary>
    private static void Await(params IEnumerable<Task?> tasks) => Task.WhenAny(Task.WhenAll(tasks.OfType<Task>())).GetAwaiter().GetResult();
}
