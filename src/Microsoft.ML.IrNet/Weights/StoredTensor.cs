using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>A tensor as a weight file holds it: contiguous, row-major, little-endian.</summary>
/// <param name="Name">The tensor's name, in PyTorch's notation: <c>layer1.0.conv1.weight</c>.</param>
/// <param name="Type">The type of the elements.</param>
/// <param name="Shape">The sizes of the axes; empty for a scalar.</param>
/// <param name="Data">The elements' bytes.</param>
/// <exception cref="ArgumentException">The data has not the size that type and shape demand.</exception>
public sealed record StoredTensor(string Name, StoredType Type, long[] Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>The elements' bytes.</summary>
    public ReadOnlyMemory<byte> Data { get; } = StoredTypes.Count(Shape) is var count && (Int128)count * Type.Size() == Data.Length ? Data
        : throw new ArgumentException($"{Name}: {Data.Length} bytes are no {Type} of shape [{string.Join(", ", Shape)}].", nameof(Data));

    /// <summary>The number of elements.</summary>
    public int Count => Data.Length / Type.Size();

    /// <summary>Makes a tensor of single-precision numbers.</summary>
    /// <exception cref="ArgumentException">There are not as many values as the shape demands.</exception>
    public static StoredTensor FromSingle(string name, long[] shape, ReadOnlySpan<float> values) =>
        new(name, StoredType.F32, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>The elements in single precision: wider ones rounded to the nearest, narrower ones exact.</summary>
    public float[] ToSingle()
    {
        ReadOnlySpan<byte> data = Data.Span;
        var values = new float[Count];
        switch (Type)
        {
            case StoredType.F32:
                data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
                break;
            case StoredType.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(data), values);
                break;
            case StoredType.BF16:
                ReadOnlySpan<ushort> upper = MemoryMarshal.Cast<byte, ushort>(data);
                for (int index = 0; index < values.Length; index++)
                    values[index] = BitConverter.UInt32BitsToSingle((uint)upper[index] << 16);
                break;
            case StoredType.F64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(data), values);
                break;
            case StoredType.I64:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, long>(data), values);
                break;
            case StoredType.I32:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, int>(data), values);
                break;
            case StoredType.I16:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, short>(data), values);
                break;
            case StoredType.I8:
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, sbyte>(data), values);
                break;
            default:
                TensorPrimitives.ConvertTruncating(data, values);
                break;
        }
        return values;
    }
}
