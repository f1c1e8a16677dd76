using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Tests.Training;

/// <summary>Keeps what a training reports, at once and in order.</summary>
internal sealed class Recorder(Action<TrainingProgress>? also = null) : IProgress<TrainingProgress>
{
    public List<TrainingProgress> Reports { get; } = [];

    public void Report(TrainingProgress value)
    {
        Reports.Add(value);
        also?.Invoke(value);
    }

    public double Loss(Range steps, int which = 0) => Reports[steps].Average(report => report.Losses[which].Value);
}
