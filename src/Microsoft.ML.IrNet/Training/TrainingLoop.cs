using System.Diagnostics;
using TorchSharp;

namespace Microsoft.ML.IrNet.Training;

/// <summary>What all trainings do around a step: batches, schedule, progress, validation, checkpoints, cancelling, and errors that name the step.</summary>
/// <param name="stage">What messages call the training, such as "CAM training".</param>
/// <param name="options">Valid options.</param>
/// <param name="images">The photographs.</param>
/// <param name="network">What is trained.</param>
/// <param name="optimiser">Updates the network.</param>
internal sealed class TrainingLoop<TSample>(string stage, TrainingOptions options, IPhotographSource images, torch.nn.Module network, Sgd optimiser)
{
    private readonly BestModel _best = new(options.CheckpointDirectory, stage);
    private TrainingCheckpoint? _checkpoint;
    private long _firstStep;

    /// <summary>Reads and augments a photograph; called from several threads.</summary>
    public required Func<int, RandomStream, TSample> Load { get; init; }

    /// <summary>
    /// Scores the network after each epoch, higher is better; the network then ends with its best weights. It gives null where it was cancelled. Null for no validation.
    /// </summary>
    public Func<double?>? Validate { get; init; }

    /// <summary>Takes up the weights and the place of an earlier run where its checkpoint is found.</summary>
    public void Resume()
    {
        if (options.CheckpointDirectory is not { } folder)
            return;
        _checkpoint = new TrainingCheckpoint(folder, stage, options, images);
        _firstStep = _checkpoint.Restore(network, optimiser);
        if (_firstStep > 0)
            _best.Restore();
    }

    /// <summary>Trains to the end of the schedule, or until cancelled.</summary>
    /// <param name="forwardBackward">Leaves gradients in the network's parameters and gives the losses, the one that is minimised first.</param>
    /// <param name="leftOut">Takes in the photographs that cannot be read.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Ends the run after the step it is in.</param>
    public TrainingResult Run(
        Func<IReadOnlyList<TSample>, IReadOnlyList<KeyValuePair<string, float>>> forwardBackward, LeftOutPhotographs leftOut,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (images.Count == 0)
            throw new TrainingException(stage, "there is no photograph to learn from; give it at least one.");
        var schedule = new BatchSchedule(images.Count, options.BatchSize, options.Epochs, options.Steps, options.Seed);
        IRateSchedule rates = options.Rates(schedule.Steps);
        long step = _firstStep;
        int emptyBatches = 0;
        var sinceSaved = Stopwatch.StartNew();
        using var loader = new BatchLoader<TSample>(images, schedule, step, options.Seed, Load);

        for (; step < schedule.Steps; step++)
        {
            if (!TryNext(loader, cancellation, out LoadedBatch<TSample> batch))
            {
                _checkpoint?.Save(network, optimiser, step);
                return End(step, cancelled: true, leftOut);
            }
            foreach (UnreadablePhotograph photograph in batch.Unreadable)
                leftOut.Add(photograph);
            if (batch.Samples.Count > 0)
            {
                emptyBatches = 0;
                double rate = options.LearningRate * rates.Factor(step);
                IReadOnlyList<KeyValuePair<string, float>> losses = forwardBackward(batch.Samples);
                RequireFinite(losses, step, batch.Names);
                optimiser.Step(rate);
                double? score = null;
                if (Validate is not null && (schedule.EndsEpoch(step) || step + 1 == schedule.Steps))
                {
                    score = Validate();
                    // The state of before is left as it is: a resumed run comes here again.
                    if (score is null)
                        return End(step + 1, cancelled: true, leftOut);
                    _best.Offer(network, score.Value);
                }
                progress?.Report(new TrainingProgress(schedule.EpochOf(step), schedule.Epochs, step + 1, schedule.Steps, losses, rate) { Validation = score });
            }
            else if (++emptyBatches >= schedule.StepsPerEpoch)
                throw new TrainingException(stage, $"none of the {images.Count} photographs could be read; the first: {leftOut.All[0].Error.Message}", leftOut.All[0].Error);

            if (_checkpoint is not null && (schedule.EndsEpoch(step) || step + 1 == schedule.Steps || sinceSaved.Elapsed >= options.CheckpointInterval))
            {
                _checkpoint.Save(network, optimiser, step + 1);
                sinceSaved.Restart();
            }
        }
        return End(step, cancelled: false, leftOut);
    }

    private TrainingResult End(long step, bool cancelled, LeftOutPhotographs leftOut)
    {
        _best.Apply(network);
        return new TrainingResult(step, cancelled, leftOut.All) { BestScore = _best.Score };
    }

    private static bool TryNext(BatchLoader<TSample> loader, CancellationToken cancellation, out LoadedBatch<TSample> batch)
    {
        try
        {
            cancellation.ThrowIfCancellationRequested();
            batch = loader.Next(cancellation);
            return true;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            batch = null!;
            return false;
        }
    }

    private void RequireFinite(IReadOnlyList<KeyValuePair<string, float>> losses, long step, IReadOnlyList<string> names)
    {
        if (!float.IsFinite(losses[0].Value))
            throw new TrainingException(
                $"{stage}, step {step + 1}",
                $"the loss is {losses[0].Value} on {string.Join(", ", names)}; try a smaller LearningRate or a GradientClip, and see that the weights it starts from are finite.");
    }
}
