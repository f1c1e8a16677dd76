using Microsoft.ML.IrNet.Training;

namespace IrNetTool.Progress;

/// <summary>Keeps the last of a training's steps, and passes each on.</summary>
internal sealed class LastStep(IProgress<TrainingProgress> next) : IProgress<TrainingProgress>
{
    /// <summary>The last step; null where there was none.</summary>
    public TrainingProgress? Value { get; private set; }

    public void Report(TrainingProgress value)
    {
        Value = value;
        next.Report(value);
    }
}
