namespace Microsoft.ML.IrNet.Training;

/// <summary>How far a training run is; reported after each optimiser step.</summary>
/// <param name="Epoch">0-based.</param>
/// <param name="Epochs">In all.</param>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="Steps">In all.</param>
/// <param name="Losses">The step's losses by name.</param>
/// <param name="LearningRate">Of the first parameter group in this step.</param>
public sealed record TrainingProgress(
    int Epoch, int Epochs, long Step, long Steps, IReadOnlyList<KeyValuePair<string, float>> Losses, double LearningRate)
{
    /// <summary>The score of the validation after this step, higher is better; null where none was due.</summary>
    public double? Validation { get; init; }
}
