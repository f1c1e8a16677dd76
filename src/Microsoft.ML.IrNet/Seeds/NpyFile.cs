using System.Buffers.Binary;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Seeds;

/// <summary>Reads arrays of numbers as NumPy's <c>np.save</c> writes them (format 1.0 to 3.0); nothing that Python would have to run.</summary>
internal static partial class NpyFile
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="DataSetException">It is missing, damaged, or holds other things than numbers in C order.</exception>
    public static NpyArray Read(string path)
    {
        byte[] file;
        try
        {
            file = FileLayer.ReadBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataSetException(path, $"cannot be read ({error.Message}); check the path and its permissions.", error);
        }
        return Parse(file, path);
    }

    internal static NpyArray Parse(ReadOnlySpan<byte> file, string path)
    {
        if (file.Length < 12 || file[0] != 0x93 || !file[1..6].SequenceEqual("NUMPY"u8) || file[6] is < 1 or > 3)
            throw new DataSetException(path, "is no .npy file; expected an array as np.save writes it.");
        (int start, long length) = file[6] == 1 ? (10, BinaryPrimitives.ReadUInt16LittleEndian(file[8..])) : (12, (long)BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
        if (length > file.Length - start)
            throw new DataSetException(path, "ends within its header; copy or write it again.");
        string header = Encoding.Latin1.GetString(file.Slice(start, (int)length));
        if (Header().Match(header) is not { Success: true } match)
            throw new DataSetException(path, "holds no plain array of numbers; expected np.save of an array of float16, float32, float64 or uint8.");
        if (match.Groups["order"].Value == "True")
            throw new DataSetException(path, "is in Fortran order; save np.ascontiguousarray(...) of it.");
        int[] shape = Shape(match.Groups["shape"].Value, path);
        return new NpyArray(shape, Values(file[(start + (int)length)..], match.Groups["type"].Value, shape, path));
    }

    private static int[] Shape(string text, string path)
    {
        string[] sides = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] shape = [.. sides.Select(side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : -1)];
        return shape.Contains(-1) ? throw new DataSetException(path, $"states the shape ({text}), which is none.") : shape;
    }

    private static float[] Values(ReadOnlySpan<byte> data, string type, int[] shape, string path)
    {
        int size = type[^1] - '0';
        // A product of sides beyond any file's length stays beyond it.
        Int128 count = shape.Aggregate((Int128)1, (product, side) => Int128.Min(product * side, long.MaxValue));
        if (count * size != data.Length)
            throw new DataSetException(path, $"states the shape ({string.Join(", ", shape)}) of {type} and holds {data.Length} bytes; copy or write it again.");
        var values = new float[(int)count];
        switch (type)
        {
            case "<f4":
                data.CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
                break;
            case "<f2":
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(data), values);
                break;
            case "<f8":
                TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, double>(data), values);
                break;
            default:
                TensorPrimitives.ConvertTruncating(data, values);
                break;
        }
        return values;
    }

    [GeneratedRegex(@"^\{\s*'descr'\s*:\s*'(?<type><f2|<f4|<f8|\|u1)'\s*,\s*'fortran_order'\s*:\s*(?<order>True|False)\s*,\s*'shape'\s*:\s*\((?<shape>[0-9, ]{0,200})\)\s*,?\s*\}\s*$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Header();
}
