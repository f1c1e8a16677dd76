using System.Buffers.Binary;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Damages the header of a safetensors file and puts its length right, so that the damage gets past that.</summary>
internal static class SafeTensorsMutator
{
    /// <summary>Damages the header, the tensors, or the file as bytes.</summary>
    public static byte[] Mutate(Random random, byte[] seed, byte[] other)
    {
        long length = seed.Length < 8 ? -1 : BinaryPrimitives.ReadInt64LittleEndian(seed);
        // It may have been damaged before.
        if (random.Next(3) == 0 || length < 0 || length > seed.Length - 8)
            return ByteMutator.Mutate(random, seed, other);
        byte[] header = TextMutator.Mutate(random, seed[8..(int)(8 + length)], []), data = seed[(int)(8 + length)..];
        if (random.Next(4) == 0)
            data = ByteMutator.Mutate(random, data, other);
        var prefix = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, header.Length);
        return [.. prefix, .. header, .. data];
    }
}
