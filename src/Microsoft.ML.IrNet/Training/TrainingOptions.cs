using System.Globalization;
using TorchSharp;

namespace Microsoft.ML.IrNet.Training;

/// <summary>What all trainings have in common.</summary>
public abstract record TrainingOptions
{
    /// <summary>Rounds over all photographs, at least 1. Not used where <see cref="Steps"/> is given.</summary>
    public abstract int Epochs { get; init; }

    /// <summary>Optimiser steps in all, whatever number of epochs that makes; null to go by <see cref="Epochs"/>. For small sets.</summary>
    public int? Steps { get; init; }

    /// <summary>Photographs in a step, at least 1; fewer photographs than this make one smaller batch.</summary>
    public abstract int BatchSize { get; init; }

    /// <summary>Learning rate of the first parameter group at the first step, above 0.</summary>
    public abstract double LearningRate { get; init; }

    /// <summary>Pulls every trained parameter towards 0, batch norms' included; at least 0.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>What is kept of the last step's direction; from 0 to below 1.</summary>
    public abstract double Momentum { get; init; }

    /// <summary>Longest l2 norm of a step's whole gradient, above 0; null for any.</summary>
    public virtual double? GradientClip { get; init; }

    /// <summary>Decides order and augmentation. Same seed, same threads, same machine: same weights, byte for byte.</summary>
    public int Seed { get; init; }

    /// <summary>Where to train; null for the CPU. The network is moved there and stays.</summary>
    public torch.Device? Device { get; init; }

    /// <summary>Where to keep the state of the run, so that it can be resumed with the same options; null for nowhere.</summary>
    public string? CheckpointDirectory { get; init; }

    /// <summary>The state is saved after each epoch, and within long epochs this often.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a photograph that cannot be read ends the run instead of being left out of it.</summary>
    public bool Strict { get; init; }

    /// <summary>Told of each photograph that is left out, on the training thread.</summary>
    public Action<UnreadablePhotograph>? OnUnreadable { get; init; }

    /// <summary>Throws where an option is out of range.</summary>
    /// <exception cref="OptionException">Names the option.</exception>
    public virtual void Validate()
    {
        Require(nameof(Epochs), Epochs >= 1, $"is {Epochs}; it must be at least 1.");
        Require(nameof(Steps), Steps is null or >= 1, $"is {Steps}; it must be at least 1, or null to go by Epochs.");
        Require(nameof(BatchSize), BatchSize >= 1, $"is {BatchSize}; it must be at least 1.");
        Require(nameof(LearningRate), LearningRate > 0 && double.IsFinite(LearningRate), $"is {LearningRate}; it must be above 0.");
        Require(nameof(WeightDecay), WeightDecay >= 0 && double.IsFinite(WeightDecay), $"is {WeightDecay}; it must not be below 0.");
        Require(nameof(Momentum), Momentum is >= 0 and < 1, $"is {Momentum}; it must be at least 0 and below 1.");
        Require(nameof(GradientClip), GradientClip is null or > 0, $"is {GradientClip}; it must be above 0, or null for no clipping.");
    }

    /// <summary>How the learning rate changes over so many steps.</summary>
    internal abstract IRateSchedule Rates(long steps);

    /// <summary>The options that a resumed run must share with the run it resumes, by name.</summary>
    internal virtual Dictionary<string, string> Recipe() => new()
    {
        [nameof(Epochs)] = Text(Epochs),
        [nameof(Steps)] = Text(Steps),
        [nameof(BatchSize)] = Text(BatchSize),
        [nameof(LearningRate)] = Text(LearningRate),
        [nameof(WeightDecay)] = Text(WeightDecay),
        [nameof(Momentum)] = Text(Momentum),
        [nameof(GradientClip)] = Text(GradientClip),
        [nameof(Seed)] = Text(Seed),
    };

    private protected static void Require(string option, bool holds, string problem)
    {
        if (!holds)
            throw new OptionException(option, problem);
    }

    private protected static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
