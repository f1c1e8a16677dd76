namespace Microsoft.ML.IrNet.Weights;

/// <summary>The element type of a stored tensor, named as safetensors names it; all are little-endian.</summary>
public enum StoredType
{
    /// <summary>IEEE 754, 64 bits.</summary>
    F64,

    /// <summary>IEEE 754, 32 bits.</summary>
    F32,

    /// <summary>IEEE 754, 16 bits.</summary>
    F16,

    /// <summary>The upper 16 bits of an <see cref="F32"/>.</summary>
    BF16,

    /// <summary>Signed, 64 bits.</summary>
    I64,

    /// <summary>Signed, 32 bits.</summary>
    I32,

    /// <summary>Signed, 16 bits.</summary>
    I16,

    /// <summary>Signed, 8 bits.</summary>
    I8,

    /// <summary>Unsigned, 8 bits.</summary>
    U8,

    /// <summary>One byte, 0 or 1.</summary>
    Bool,
}
