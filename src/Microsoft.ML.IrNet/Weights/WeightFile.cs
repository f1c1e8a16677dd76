namespace Microsoft.ML.IrNet.Weights;

/// <summary>Reads weight files whatever they are called: their first bytes tell .pth from safetensors.</summary>
public static class WeightFile
{
    /// <summary>Reads a safetensors or .pth file.</summary>
    /// <exception cref="WeightsException">The file is missing, unreadable, damaged or of another kind.</exception>
    public static StateDict Read(string path)
    {
        byte[] start = new byte[262];
        bool pickled = false, tensors = false;
        WeightStream.Read(path, stream =>
        {
            ReadOnlySpan<byte> read = start.AsSpan(0, stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false));
            pickled = PthFile.IsLikely(read);
            tensors = read is [_, _, _, _, _, _, _, _, (byte)'{', ..];
            return new StateDict([]);
        });
        return tensors ? SafeTensors.Read(path)
            : pickled ? PthFile.Read(path)
            : throw new WeightsException(path, "neither a safetensors nor a .pth file; weights are read from these two.");
    }
}
