using TorchSharp;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>How a <see cref="LabelPass"/> goes about it.</summary>
public sealed record LabelPassOptions
{
    /// <summary>Whether the classifier's own predictions serve instead of the photographs' tags.</summary>
    public bool PredictTags { get; init; }

    /// <summary>Whether the first photograph that cannot be read ends the pass, instead of being left out.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether to start over: what a stopped pass left in the output folder is removed first. Without it a stopped pass goes on.</summary>
    public bool Restart { get; init; }

    /// <summary>Where the networks and the random walk run.</summary>
    public torch.Device Device { get; init; } = torch.CPU;
}
