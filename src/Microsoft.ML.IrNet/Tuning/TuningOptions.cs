using TorchSharp;

namespace Microsoft.ML.IrNet.Tuning;

/// <summary>How options are looked for.</summary>
public sealed record TuningOptions
{
    /// <summary>How many photographs are tried, at most; they are drawn by <see cref="Seed"/>. Each takes some 3 MB of memory.</summary>
    public int Photographs { get; init; } = 50;

    /// <summary>Decides which photographs are drawn.</summary>
    public int Seed { get; init; }

    /// <summary>How often all options are gone through; a later round sees the values that the others have by then.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>Names of the photographs whose drawn instances can be relied on; null for all.</summary>
    public IReadOnlySet<string>? InstanceNames { get; init; }

    /// <summary>Whether drawn masks are left unused, where there are any.</summary>
    public bool Unsupervised { get; init; }

    /// <summary>What to start from.</summary>
    public TunedOptions Start { get; init; } = new();

    /// <summary>Where the networks and the random walk run; the CPU where null.</summary>
    public torch.Device? Device { get; init; }

    /// <summary>Throws where an option is out of its range.</summary>
    /// <exception cref="OptionException">Names the option.</exception>
    internal void Validate()
    {
        if (Photographs < 1)
            throw new OptionException(nameof(Photographs), $"is {Photographs}; it must be at least 1.");
        if (Rounds is < 1 or > 10)
            throw new OptionException(nameof(Rounds), $"is {Rounds}; it must be 1 to 10.");
        Start.Labels.Validate();
        Start.InterPixelLabels.Validate();
    }
}
