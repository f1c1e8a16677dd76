using System.Diagnostics;
using Microsoft.ML.IrNet.Weights;
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
    private readonly LossRecorder _losses = new();
    private TrainingCheckpoint? _checkpoint;
    private StateDict? _buffers;
    private long _step;
    private bool _unscored;
    private bool _ranAway;

    /// <summary>Reads and augments a photograph; called from several threads.</summary>
    public required Func<int, RandomStream, TSample> Load { get; init; }

    /// <summary>
    /// Scores the network after each epoch, higher is better; the network then ends with its best weights. It gives null where it was cancelled. Null for no validation.
    /// </summary>
    public Func<double?>? Validate { get; init; }

    /// <summary>Takes up the weights and the place of an earlier run where its checkpoint is found.</summary>
    /// <returns>Whether it was.</returns>
    public bool Resume()
    {
        if (options.CheckpointDirectory is not { } folder)
            return false;
        _checkpoint = new TrainingCheckpoint(folder, stage, options, images);
        (_step, _unscored) = _checkpoint.Restore(network, optimiser, _losses);
        if (_step > 0)
            _best.Restore();
        return _step > 0;
    }

    /// <summary>Trains to the end of the schedule, or until cancelled.</summary>
    /// <param name="forwardBackward">Leaves gradients in the network's parameters and gives the losses, the one that is minimised first.</param>
    /// <param name="leftOut">Takes in the photographs that cannot be read.</param>
    /// <param name="progress">Told of each step.</param>
    /// <param name="cancellation">Ends the run after the step it is in; with a checkpoint folder the state is saved at once.</param>
    public TrainingResult Run(
        Func<IReadOnlyList<TSample>, IReadOnlyList<KeyValuePair<string, float>>> forwardBackward, LeftOutPhotographs leftOut,
        IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        if (images.Count == 0)
            throw new TrainingException(stage, "there is no photograph to learn from; give it at least one.");
        var schedule = new BatchSchedule(images.Count, options.BatchSize, options.Epochs, options.Steps, options.Seed);
        if (_step > schedule.Steps)
            throw new WeightsException(_checkpoint!.LastSaved!.Value.Path, $"says that {_step} steps are done, and the training has {schedule.Steps}; remove it or give another CheckpointDirectory.");
        IRateSchedule rates = options.Rates(schedule.Steps);
        int emptyBatches = 0;
        var sinceSaved = Stopwatch.StartNew();
        using var loader = new BatchLoader<TSample>(images, schedule, _step, options.Seed, Load);
        using var stop = new StopSaver(Save, cancellation);
        if (_unscored && Score() is null)
            return End(cancelled: true, leftOut);

        while (_step < schedule.Steps)
        {
            stop.Change(() => _buffers = _checkpoint is null ? null : ModuleWeights.SaveBuffers(network));
            if (!TryNext(loader, cancellation, out LoadedBatch<TSample> batch))
            {
                stop.Change(Save);
                return End(cancelled: true, leftOut);
            }
            foreach (UnreadablePhotograph photograph in batch.Unreadable)
                leftOut.Add(photograph);
            bool endsEpoch = schedule.EndsEpoch(_step) || _step + 1 == schedule.Steps;
            if (batch.Samples.Count > 0)
            {
                emptyBatches = 0;
                double rate = options.LearningRate * rates.Factor(_step);
                IReadOnlyList<KeyValuePair<string, float>> losses = forwardBackward(batch.Samples);
                Require(float.IsFinite(losses[0].Value), $"the loss is {losses[0].Value}", batch.Names);
                Require(optimiser.HasFiniteGradients(), "the gradient is not finite", batch.Names);
                stop.Change(() =>
                {
                    optimiser.Step(rate);
                    _ranAway = !optimiser.HasFiniteParameters();
                    Require(!_ranAway, "the weights are not finite after it", batch.Names);
                    _losses.Add(losses);
                    (_step, _unscored, _buffers) = (_step + 1, Validate is not null && endsEpoch, null);
                });
                double? score = null;
                if (_unscored && (score = Score()) is null)
                {
                    stop.Change(Save);
                    return End(cancelled: true, leftOut);
                }
                progress?.Report(new TrainingProgress(schedule.EpochOf(_step - 1), schedule.Epochs, _step, schedule.Steps, losses, rate) { Validation = score });
            }
            else if (++emptyBatches >= schedule.StepsPerEpoch)
                throw new TrainingException(stage, $"none of the {images.Count} photographs could be read; the first: {leftOut.All[0].Error.Message}", leftOut.All[0].Error);
            else
                stop.Change(() =>
                {
                    _losses.Add([]);
                    _step++;
                });

            if (endsEpoch || sinceSaved.Elapsed >= options.CheckpointInterval)
            {
                stop.Change(Save);
                sinceSaved.Restart();
            }
        }
        return End(cancelled: false, leftOut);
    }

    // What forward passes change, running statistics, is saved as it was before the step.
    private void Save()
    {
        if (!_ranAway)
            _checkpoint?.Save(network, optimiser, _losses, _step, _unscored, _buffers);
    }

    /// <summary>Validates what the last step of an epoch gave; null where that was cancelled.</summary>
    private double? Score()
    {
        if (Validate!() is not { } score)
            return null;
        _best.Offer(network, score);
        _unscored = false;
        return score;
    }

    private TrainingResult End(bool cancelled, LeftOutPhotographs leftOut)
    {
        _best.Apply(network);
        return new TrainingResult(_step, cancelled, leftOut.All) { BestScore = _best.Score, Losses = _losses.Curves };
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

    private void Require(bool finite, string problem, IReadOnlyList<string> names)
    {
        if (finite)
            return;
        string kept = _checkpoint?.LastSaved is { } saved ? $" The state of step {saved.Step}, the last good one, is in {saved.Path}." : "";
        throw new TrainingException(
            $"{stage}, step {_step + 1}",
            $"{problem} on {string.Join(", ", names)}; try a smaller LearningRate or a GradientClip, and see that the weights it starts from are finite.{kept}");
    }
}
