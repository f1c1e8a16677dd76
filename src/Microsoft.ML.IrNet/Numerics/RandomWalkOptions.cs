namespace Microsoft.ML.IrNet.Numerics;

/// <summary>How scores spread over the class boundary map. The defaults are the published ones.</summary>
public sealed record RandomWalkOptions
{
    /// <summary>Neighbours nearer than this many cells are linked; at least 2.</summary>
    public int Radius { get; init; } = 5;

    /// <summary>Affinities are raised to this power; the larger, the less a weak boundary lets through. Positive.</summary>
    public double Beta { get; init; } = 10;

    /// <summary>The walk makes 2^Exponent steps; 0 to 20.</summary>
    public int Exponent { get; init; } = 8;

    internal void Validate()
    {
        if (Radius is < 2 or > 64)
            throw new OptionException(nameof(Radius), $"{Radius} is out of range; give a walk radius from 2 to 64.");
        if (!(Beta > 0 && Beta <= 1000))
            throw new OptionException(nameof(Beta), $"{Beta} is out of range; give an affinity power above 0 and up to 1000.");
        if (Exponent is < 0 or > 20)
            throw new OptionException(nameof(Exponent), $"{Exponent} is out of range; the walk makes 2^Exponent steps, give 0 to 20.");
    }
}
