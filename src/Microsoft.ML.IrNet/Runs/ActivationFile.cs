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

    public static ClassActivation Read(string path)
    {
        StateDict tensors = SafeTensors.Read(path);
        int[] size = Values<int>(tensors["size"]);
        long[] shape = tensors["cam"].Shape;
        return new ClassActivation(
            size[0], size[1], (int)shape[1], (int)shape[2],
            Values<int>(tensors["tags"]), Values<float>(tensors["cam"]), FullResolution: null, Values<float>(tensors["classScore"]));
    }

    private static byte[] Bytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes(values.AsSpan()).ToArray();

    private static T[] Values<T>(StoredTensor tensor) where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.Data.Span).ToArray();
}
