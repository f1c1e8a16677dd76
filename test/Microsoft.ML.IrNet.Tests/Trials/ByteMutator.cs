using System.Buffers.Binary;
using System.Numerics;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Damages bytes, whatever they mean.</summary>
internal static class ByteMutator
{
    /// <summary>Longer outcomes are cut.</summary>
    public const int Longest = 1 << 16;

    private static readonly byte[] Bytes = [0, 1, 0x10, 0x7f, 0x80, 0xfe, 0xff, (byte)'"', (byte)'.', (byte)'/'];

    private static readonly long[] Numbers =
    [
        0, 1, 2, -1, -2, 127, 128, 255, 256, short.MaxValue, 1 << 15, ushort.MaxValue, 1 << 16, 1 << 24,
        int.MaxValue, 1L << 31, uint.MaxValue, 1L << 32, 1L << 40, 1L << 61, 1L << 62, long.MaxValue, long.MinValue,
    ];

    /// <summary>Damages once, or more often with falling probability.</summary>
    /// <param name="random">Decides what is done.</param>
    /// <param name="seed">The input, which stays as it is.</param>
    /// <param name="other">Another input, parts of which may replace those of the first.</param>
    public static byte[] Mutate(Random random, byte[] seed, byte[] other)
    {
        byte[] bytes = seed;
        for (int left = Times(random); left > 0; left--)
            bytes = Once(random, bytes, other);
        return bytes.Length <= Longest ? bytes : bytes[..Longest];
    }

    /// <summary>1, or with halving probability 2, 3, 4 or 5.</summary>
    public static int Times(Random random) => 1 + BitOperations.TrailingZeroCount(random.Next() | 1 << 4);

    private static byte[] Once(Random random, byte[] bytes, byte[] other)
    {
        if (bytes.Length == 0)
            return other;
        int at = random.Next(bytes.Length), length = Math.Min(bytes.Length - at, 1 + random.Next(random.Next(4) == 0 ? bytes.Length : 16));
        ReadOnlySpan<byte> before = bytes.AsSpan(0, at), span = bytes.AsSpan(at, length), after = bytes.AsSpan(at + length);
        switch (random.Next(12))
        {
            case 0 or 1:
                return Changed(bytes, at, (byte)(bytes[at] ^ 1 << random.Next(8)));
            case 2:
                return Changed(bytes, at, Bytes[random.Next(Bytes.Length)]);
            case 3:
                return Changed(bytes, at, (byte)random.Next(256));
            case 4 or 5 or 6:
                return WithNumber(random, bytes, at);
            case 7:
                return bytes[..at];
            case 8:
                return [.. before, .. after];
            case 9:
                return [.. before, .. span, .. span, .. after];
            case 10:
                var inserted = new byte[length];
                if (random.Next(2) == 0)
                    random.NextBytes(inserted);
                else
                    inserted.AsSpan().Fill(Bytes[random.Next(Bytes.Length)]);
                return [.. before, .. inserted, .. bytes.AsSpan(at)];
            default:
                return [.. before, .. other.AsSpan(random.Next(other.Length + 1))];
        }
    }

    private static byte[] Changed(byte[] bytes, int at, byte value)
    {
        byte[] changed = [.. bytes];
        changed[at] = value;
        return changed;
    }

    private static byte[] WithNumber(Random random, byte[] bytes, int at)
    {
        byte[] changed = [.. bytes];
        long value = random.Next(4) == 0 ? bytes.Length + random.Next(-2, 3) : Numbers[random.Next(Numbers.Length)];
        bool little = random.Next(2) == 0;
        Span<byte> number = stackalloc byte[8], target = changed.AsSpan(at);
        int size = 1 << random.Next(1, 4);
        if (little)
            BinaryPrimitives.WriteInt64LittleEndian(number, value);
        else
            BinaryPrimitives.WriteInt64BigEndian(number, value);
        number = little ? number[..size] : number[^size..];
        number[..Math.Min(size, target.Length)].CopyTo(target);
        return changed;
    }
}
