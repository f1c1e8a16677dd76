namespace Microsoft.ML.IrNet.Weights;

/// <summary>Sizes of stored tensors, computed so that no declared number overflows.</summary>
internal static class StoredTypes
{
    public static int Size(this StoredType type) => type switch
    {
        StoredType.F64 or StoredType.I64 => 8,
        StoredType.F32 or StoredType.I32 => 4,
        StoredType.F16 or StoredType.BF16 or StoredType.I16 => 2,
        StoredType.I8 or StoredType.U8 or StoredType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "no stored type"),
    };

    /// <summary>The elements of a shape (1 for a scalar), or -1 where a size is negative or the number is beyond 2^62.</summary>
    public static long Count(ReadOnlySpan<long> shape)
    {
        Int128 count = 1;
        foreach (long size in shape)
        {
            if (size < 0)
                return -1;
            // A later zero makes the whole empty, but no real tensor has such neighbours.
            count *= size;
            if (count > 1L << 62)
                return -1;
        }
        return (long)count;
    }
}
