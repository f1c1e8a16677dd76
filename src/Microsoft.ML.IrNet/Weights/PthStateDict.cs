namespace Microsoft.ML.IrNet.Weights;

/// <summary>Turns what a .pth file's pickle describes into tensors.</summary>
internal static class PthStateDict
{
    // The dictionaries in which training scripts keep the state dict.
    private static readonly string[] _wrappers = ["state_dict", "model_state_dict", "model"];

    /// <summary>Makes the tensors.</summary>
    /// <param name="root">The pickled object.</param>
    /// <param name="read">The bytes of a whole storage, of which there are at least as many as its elements take.</param>
    /// <param name="fileLength">Bounds what tensors that must be gathered element by element may take.</param>
    /// <exception cref="InvalidDataException">The object is no state dict, or a tensor does not fit its storage.</exception>
    public static StateDict Make(object? root, Func<PthStorage, byte[]> read, long fileLength)
    {
        long gatherable = fileLength;
        var storages = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var tensors = new List<StoredTensor>();
        foreach (var (key, value) in Find(root))
        {
            PthTensor? tensor = value as PthTensor ?? (value as PthParameter)?.Tensor;
            if (tensor is null || key is not string name)
                continue;
            PthStorage storage = tensor.Storage;
            if (!storages.TryGetValue(storage.Key, out byte[]? bytes))
                storages[storage.Key] = bytes = read(storage);
            tensors.Add(new StoredTensor(name, storage.Type, tensor.Shape, Elements(name, tensor, bytes, ref gatherable)));
        }
        return new StateDict(tensors);
    }

    // A damaged dictionary may hold itself.
    private static Dictionary<object, object?> Find(object? root)
    {
        var items = root as Dictionary<object, object?>;
        for (int depth = 0; depth <= _wrappers.Length && items is not null; depth++)
        {
            if (items.Count == 0 || items.Values.Any(value => value is PthTensor or PthParameter))
                return items;
            items = _wrappers.Select(wrapper => items.GetValueOrDefault(wrapper)).OfType<Dictionary<object, object?>>().FirstOrDefault();
        }
        throw new InvalidDataException("it holds no state dict; save one with torch.save(model.state_dict(), path)");
    }

    private static InvalidDataException Misfit(string name) => new($"its tensor '{name}' does not fit the storage it is a view of");

    private static ReadOnlyMemory<byte> Elements(string name, PthTensor tensor, byte[] bytes, ref long gatherable)
    {
        int size = tensor.Storage.Type.Size();
        long count = StoredTypes.Count(tensor.Shape);
        Int128 first = (Int128)tensor.Storage.Offset + tensor.Offset;
        // A view never has more elements than its storage here: expanded tensors are no weights.
        if (count < 0 || tensor.Offset < 0 || first + count > tensor.Storage.Offset + (Int128)tensor.Storage.Count || (first + count) * size > bytes.Length)
            throw Misfit(name);
        if (count == 0)
            return default;
        if (IsContiguous(tensor))
            return bytes.AsMemory((int)first * size, (int)count * size);
        gatherable -= count * size;
        return gatherable >= 0 ? Gather(name, tensor, bytes, (long)first) : throw Misfit(name);
    }

    private static bool IsContiguous(PthTensor tensor)
    {
        long expected = 1;
        for (int axis = tensor.Shape.Length - 1; axis >= 0; axis--)
        {
            if (tensor.Shape[axis] != 1 && tensor.Strides[axis] != expected)
                return false;
            expected *= tensor.Shape[axis];
        }
        return true;
    }

    private static byte[] Gather(string name, PthTensor tensor, byte[] bytes, long first)
    {
        int size = tensor.Storage.Type.Size(), rank = tensor.Shape.Length;
        Int128 last = first;
        for (int axis = 0; axis < rank; axis++)
            last += tensor.Strides[axis] < 0 ? throw Misfit(name) : (Int128)tensor.Strides[axis] * (tensor.Shape[axis] - 1);
        if ((last + 1) * size > bytes.Length)
            throw Misfit(name);
        byte[] gathered = new byte[StoredTypes.Count(tensor.Shape) * size];
        var position = new long[rank];
        for (int target = 0; target < gathered.Length; target += size)
        {
            long source = first;
            for (int axis = 0; axis < rank; axis++)
                source += position[axis] * tensor.Strides[axis];
            bytes.AsSpan((int)(source * size), size).CopyTo(gathered.AsSpan(target));
            for (int axis = rank - 1; axis >= 0 && ++position[axis] == tensor.Shape[axis]; axis--)
                position[axis] = 0;
        }
        return gathered;
    }
}
