namespace Microsoft.ML.IrNet.Training;

/// <summary>How a training run ended; the trained weights are in the network.</summary>
/// <param name="Steps">Optimiser steps of the schedule that are done, a resumed run's earlier ones included.</param>
/// <param name="Cancelled">Whether the run was cancelled: the network is as far as it got.</param>
/// <param name="Unreadable">Photographs that were left out.</param>
public sealed record TrainingResult(long Steps, bool Cancelled, IReadOnlyList<UnreadablePhotograph> Unreadable)
{
    /// <summary>The best score of the validations, which the network's weights have reached; null where there was no validation.</summary>
    public double? BestScore { get; init; }

    /// <summary>The losses of all steps, a resumed run's earlier ones included, the one that is minimised first.</summary>
    public IReadOnlyList<LossCurve> Losses { get; init; } = [];
}
