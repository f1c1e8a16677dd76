namespace Microsoft.ML.IrNet.Training;

/// <summary>
/// Random numbers that depend on a key only (seed, epoch, photograph), so that what is drawn for a photograph
/// does not depend on which thread comes first, nor on the runtime's own generator. SplitMix64.
/// </summary>
internal sealed class RandomStream
{
    private ulong _state;

    public RandomStream(params ReadOnlySpan<long> key)
    {
        foreach (long part in key)
            _state = Mix(_state ^ (ulong)part);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    public int NextBelow(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Uniform in [<paramref name="minimum"/>, <paramref name="maximum"/>], both included.</summary>
    public int NextInclusive(int minimum, int maximum) => minimum + NextBelow(maximum - minimum + 1);

    /// <summary>True half of the time.</summary>
    public bool NextFlip() => NextBelow(2) == 1;

    private ulong Next() => _state = Mix(_state);

    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
