using System.Runtime.InteropServices;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Weights;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Keeps the class activation maps of a run's photographs on disk, one safetensors file each.</summary>
internal sealed class ActivationStore(string folder)
{
    public void Save(string name, ClassActivation activation)
    {
        StateDict tensors = new([
            new StoredTensor("tags", StoredType.Int32, [activation.Tags.Length], Bytes(activation.Tags)),
            new StoredTensor("size", StoredType.Int32, [2], Bytes<int>([activation.Height, activation.Width])),
            new StoredTensor("cam", StoredType.Single, [activation.Tags.Length, activation.Rows, activation.Columns], Bytes(activation.Cam)),
            new StoredTensor("classScore", StoredType.Single, [activation.ClassScore.Length], Bytes(activation.ClassScore)),
        ]);
        SafeTensors.Write(PathOf(name), tensors);
    }

    public ClassActivation Load(string name)
    {
        StateDict tensors = SafeTensors.Read(PathOf(name));
        int[] size = Values<int>(tensors["size"]);
        long[] shape = tensors["cam"].Shape;
        return new ClassActivation(size[0], size[1], (int)shape[1], (int)shape[2], Values<int>(tensors["tags"]),
            Values<float>(tensors["cam"]), FullResolution: null, Values<float>(tensors["classScore"]));
    }

    private string PathOf(string name) => Path.Combine(folder, $"{PhotographFiles.SafeName(name)}.safetensors");

    private static byte[] Bytes<T>(T[] values) where T : unmanaged => MemoryMarshal.AsBytes<T>(values).ToArray();

    private static T[] Values<T>(StoredTensor tensor) where T : unmanaged => MemoryMarshal.Cast<byte, T>(tensor.Data.Span).ToArray();
}
