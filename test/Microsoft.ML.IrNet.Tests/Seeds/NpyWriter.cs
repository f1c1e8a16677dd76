using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Microsoft.ML.IrNet.Tests.Seeds;

/// <summary>Writes arrays as np.save does.</summary>
internal static class NpyWriter
{
    public static byte[] Encode(ReadOnlySpan<float> values, params int[] shape) => Encode("<f4", MemoryMarshal.AsBytes(values), string.Join(", ", shape) + (shape.Length == 1 ? "," : ""));

    public static byte[] Encode(string type, ReadOnlySpan<byte> data, string shape, string order = "False")
    {
        string header = $"{{'descr': '{type}', 'fortran_order': {order}, 'shape': ({shape}), }}";
        header = header.PadRight((header.Length + 11 + 63) / 64 * 64 - 11) + "\n";
        var file = new byte[10 + header.Length + data.Length];
        (file[0], file[6], file[7]) = (0x93, 1, 0);
        "NUMPY"u8.CopyTo(file.AsSpan(1));
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(8), (ushort)header.Length);
        Encoding.Latin1.GetBytes(header, file.AsSpan(10));
        data.CopyTo(file.AsSpan(10 + header.Length));
        return file;
    }
}
