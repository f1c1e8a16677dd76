namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>A format of untrusted input: valid inputs, how they are damaged, and what reads them.</summary>
internal abstract class FuzzCase : IDisposable
{
    /// <summary>Small valid inputs, of at most a few kilobytes.</summary>
    public abstract IReadOnlyList<FuzzInput> Seeds { get; }

    /// <summary>Damages an input. All that is left to chance comes from <paramref name="random"/>, so that a round can be repeated.</summary>
    public virtual byte[] Mutate(Random random, FuzzInput seed) => ByteMutator.Mutate(random, seed.Bytes, Other(random, seed));

    /// <summary>Reads an input to its end: lists, tensors, masks.</summary>
    /// <exception cref="IrNetException">It is refused. Every other exception fails the trial.</exception>
    public abstract void Parse(FuzzInput input);

    /// <summary>The managed memory that reading an input of so many bytes may ask for, in bytes.</summary>
    public abstract long AllocationBound(int length);

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>An input of the same kind, to be mixed with.</summary>
    protected byte[] Other(Random random, FuzzInput seed)
    {
        FuzzInput other = Seeds[random.Next(Seeds.Count)];
        return other.Kind == seed.Kind ? other.Bytes : seed.Bytes;
    }
}
