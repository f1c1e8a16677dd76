using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Tells a run's observer of optimiser steps.</summary>
/// <param name="observer">Who is told.</param>
/// <param name="stage">What the steps belong to.</param>
public sealed class StepProgress(IRunObserver observer, RunStage stage) : IProgress<TrainingProgress>
{
    private bool _started;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        if (!_started)
            observer.Started(stage, value.Steps);
        _started = true;
        observer.Advanced(stage, value.Step, value.Steps, string.Join("  ", value.Losses.Select(loss => $"{loss.Key} {loss.Value:F3}")));
    }
}
