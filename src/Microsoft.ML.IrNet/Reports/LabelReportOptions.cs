using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Reports;

/// <summary>What a <see cref="LabelReport"/> shows.</summary>
public sealed record LabelReportOptions
{
    /// <summary>The heading.</summary>
    public string Title { get; init; } = "Masks learned from tags";

    /// <summary>The photographs, and their drawn masks where they have any. Null for a report that shows masks without photographs.</summary>
    public PhotographSet? Data { get; init; }

    /// <summary>Names of the photographs on which instances are measured and errors told; null for all that have drawn masks.</summary>
    public IReadOnlySet<string>? InstanceNames { get; init; }

    /// <summary>Found instances of this score or less do not count when errors are told; 0..1. Metrics are over all of them.</summary>
    public float MinimumScore { get; init; }

    /// <summary>Longer side of the pictures in pixels, 32 to 2,048; null for 320, or 200 where there are more than 1,000 photographs.</summary>
    public int? PictureSide { get; init; }

    /// <summary>Throws where an option is out of its range.</summary>
    /// <exception cref="OptionException">Names the option.</exception>
    internal void Validate()
    {
        if (!(MinimumScore is >= 0 and <= 1))
            throw new OptionException(nameof(MinimumScore), $"is {MinimumScore}; it must be 0 to 1.");
        if (PictureSide is < 32 or > 2048)
            throw new OptionException(nameof(PictureSide), $"is {PictureSide}; it must be 32 to 2,048 pixels.");
    }
}
