using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace Microsoft.ML.IrNet.Training;

/// <summary>Prepares the next batches on a background thread while the current one trains; their content does not depend on timing.</summary>
internal sealed class BatchLoader<TSample> : IDisposable
{
    private const int BatchesAhead = 2;

    private readonly BlockingCollection<LoadedBatch<TSample>> _ready = new(BatchesAhead);
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<int> _leftOut = [];
    private readonly IPhotographSource _images;
    private readonly BatchSchedule _schedule;
    private readonly int _seed;
    private readonly Func<int, RandomStream, TSample> _load;
    private readonly Task _producer;

    /// <param name="images">Where names come from.</param>
    /// <param name="schedule">Only this loader may use it.</param>
    /// <param name="firstStep">The step whose batch <see cref="Next"/> gives first.</param>
    /// <param name="seed">Goes into each photograph's random stream, with the epoch and the photograph's index.</param>
    /// <param name="load">Reads and augments a photograph; called from several threads.</param>
    public BatchLoader(IPhotographSource images, BatchSchedule schedule, long firstStep, int seed, Func<int, RandomStream, TSample> load)
    {
        (_images, _schedule, _seed, _load) = (images, schedule, seed, load);
        _producer = Task.Factory.StartNew(() => Produce(firstStep), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The next step's batch; errors of the background thread other than unreadable photographs come out here.</summary>
    public LoadedBatch<TSample> Next(CancellationToken cancellation)
    {
        if (_ready.TryTake(out LoadedBatch<TSample>? batch, Timeout.Infinite, cancellation))
            return batch;
        _producer.GetAwaiter().GetResult();
        throw new InvalidOperationException("The schedule has no further step.");
    }

    public void Dispose()
    {
        _stop.Cancel();
        // The producer's own error, if any, has come out of Next or belongs to a batch nobody asked for.
        Task.WhenAny(_producer).GetAwaiter().GetResult();
        _ready.Dispose();
        _stop.Dispose();
    }

    private void Produce(long firstStep)
    {
        try
        {
            for (long step = firstStep; step < _schedule.Steps; step++)
                _ready.Add(Load(_schedule.EpochOf(step), _schedule.Batch(step)), _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed: nobody waits for the rest.
        }
        finally
        {
            _ready.CompleteAdding();
        }
    }

    private LoadedBatch<TSample> Load(int epoch, int[] indices)
    {
        indices = [.. indices.Where(index => !_leftOut.Contains(index))];
        var samples = new TSample[indices.Length];
        var errors = new Exception?[indices.Length];
        // Half of the cores: the step that runs meanwhile wants the others.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, Environment.ProcessorCount / 2), CancellationToken = _stop.Token };
        Parallel.For(0, indices.Length, parallel, i =>
        {
            try
            {
                samples[i] = _load(indices[i], new RandomStream(_seed, epoch, indices[i]));
            }
            catch (Exception error)
            {
                errors[i] = error;
            }
        });

        var names = new List<string>();
        var read = new List<TSample>();
        var unreadable = new List<UnreadablePhotograph>();
        for (int i = 0; i < indices.Length; i++)
        {
            if (errors[i] is not { } error)
            {
                names.Add(_images.Name(indices[i]));
                read.Add(samples[i]);
                continue;
            }
            if (!LeftOutPhotographs.IsUnreadable(error))
                ExceptionDispatchInfo.Throw(error);
            _leftOut.Add(indices[i]);
            unreadable.Add(new UnreadablePhotograph(_images.Name(indices[i]), error));
        }
        return new LoadedBatch<TSample>(names, read, unreadable);
    }
}
