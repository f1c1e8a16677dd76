namespace Microsoft.ML.IrNet.Networks;

/// <summary>How boundaries and displacements are computed.</summary>
public sealed record IrNetInferenceOptions
{
    /// <summary>
    /// The side in pixels to which a normalised photograph is filled up with zeros, at least 1. The group norms' statistics span all of it, so that
    /// it should be the size the network was trained at; published is 512. A longer side gets the next multiple of 16 instead.
    /// </summary>
    public int Canvas { get; init; } = 512;

    internal void Validate()
    {
        if (Canvas < 1)
            throw new OptionException(nameof(Canvas), $"{Canvas} is no size; use 1 or more, 512 as published.");
    }

    internal int Side(int size) => size <= Canvas ? Canvas : (size + 15) / 16 * 16;
}
