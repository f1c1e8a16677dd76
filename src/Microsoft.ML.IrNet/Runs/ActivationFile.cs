using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>The class activation maps of a photograph as a safetensors file, without those at full resolution.</summary>
internal static class ActivationFile
{
    public static void Write(string path, ClassActivation activation) =>
        SafeTensors.Write(path, new StateDict([
            new StoredTensor("tags", StoredType.I32, [activation.Tags.Length], Bytes(activation.Tags)),
            new StoredTensor("size", StoredType.I32, [2], Bytes<int>([activation.Height, activation.Width])),
            new StoredTensor("cam", StoredType.F32, [activation.Tags.Length, activation.Rows, activation.Columns], Bytes(activation.Cam)),
            new StoredTensor("classScore", StoredType.F32, [activation.ClassScore.Length], Bytes(activation.ClassScore)),
        ]));

    /// <summary>Reads the maps of a photograph.</summary>
    /// <param name="path">The file.</param>
    /// <param name="height">Rows of the photograph.</param>
    /// <param name="width">Columns of the photograph.</param>
    /// <param name="classes">How many classes the network has.</param>
    /// <exception cref="WeightsException">The file cannot be read, or has no such maps.</exception>
    public static ClassActivation Read(string path, int height, int width, int classes)
    {
        StateDict tensors = SafeTensors.Read(path);
        int rows = (height + 3) / 4, columns = (width + 3) / 4;
        int[] tags = Values<int>("tags", StoredType.I32, tensors.GetValueOrDefault("tags")?.Count ?? 0), size = Values<int>("size", StoredType.I32, 2);
        float[] maps = Values<float>("cam", StoredType.F32, tags.Length, rows, columns), scores = Values<float>("classScore", StoredType.F32, classes);
        bool whole = size[0] == height && size[1] == width
            && Array.TrueForAll(tags, tag => tag >= 0 && tag < classes) && tags.Distinct().Count() == tags.Length
            && Array.TrueForAll(maps, value => value is >= 0 and < float.PositiveInfinity) && !Array.Exists(scores, float.IsNaN);
        return whole ? new ClassActivation(height, width, rows, columns, tags, maps, FullResolution: null, scores) : throw Strange();

        T[] Values<T>(string name, StoredType type, params long[] shape) where T : unmanaged =>
            tensors.TryGetValue(name, out StoredTensor? tensor) && tensor.Type == type && tensor.Shape.AsSpan().SequenceEqual(shape)
                ? MemoryMarshal.Cast<byte, T>(tensor.Data.Span).ToArray() : throw Strange();

        WeightsException Strange() => new(path, $"does not hold the class activation maps of a photograph of {width} x {height} pixels; start over (--restart, Restart).");
    }

    private static byte[] Bytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
}
