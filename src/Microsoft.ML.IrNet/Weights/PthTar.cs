using System.Buffers.Binary;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>
/// The format of torch before 0.1.10, in which torchvision's first ResNets still are (<c>resnet50-19c8e357.pth</c>): a tar of "storages" (pickled keys, each
/// followed by its elements), "tensors" (views of the storages) and "pickle" (the object, which refers to the tensors by number).
/// </summary>
internal static class PthTar
{
    public static StateDict Read(Stream file)
    {
        Dictionary<string, Stream> parts = PthTarParts.Open(file);
        Stream Part(string name) => parts.GetValueOrDefault(name) ?? throw new InvalidDataException($"no .pth file: its tar lacks the part '{name}'");

        Stream contents = Part("storages");
        var run = new PthStorageRun(contents);
        Dictionary<long, PthStorage> storages = ReadStorages(contents, run);
        Dictionary<long, PthTensor> tensors = ReadTensors(Part("tensors"), storages);
        object? described = new PickleReader(Part("pickle"), id => id is string digits && long.TryParse(digits, out long number) && tensors.TryGetValue(number, out PthTensor? tensor)
            ? tensor : throw PickleMachine.Damaged("it refers to a tensor that is missing")).Read();
        return PthStateDict.Make(described, storage => run.Read(storage.Key), file.Length);
    }

    private static Dictionary<long, PthStorage> ReadStorages(Stream stream, PthStorageRun run)
    {
        var storages = new Dictionary<long, PthStorage>();
        for (long left = Next(stream) is long number ? number : throw Unexpected("storages"); left > 0; left--)
        {
            // (key, device, class)
            if (Next(stream) is not object?[] fields || fields is not [long key, _, PickleGlobal storageClass] || PickleCalls.StorageType(storageClass) is not { } type)
                throw Unexpected("storages");
            string name = $"{key}";
            storages[key] = new PthStorage(name, type, 0, run.Add(name, type));
        }
        // Views of storages: (key, key of the whole, offset, count)
        foreach (object? view in Next(stream) as List<object?> ?? throw Unexpected("storages"))
        {
            if (view is not object?[] fields || fields is not [long key, long whole, long offset, long count]
                || !storages.TryGetValue(whole, out PthStorage? root) || offset < 0 || count < 0 || offset > root.Count - count)
                throw Unexpected("storages");
            storages[key] = root with { Offset = offset, Count = count };
        }
        return storages;
    }

    private static Dictionary<long, PthTensor> ReadTensors(Stream stream, Dictionary<long, PthStorage> storages)
    {
        var tensors = new Dictionary<long, PthTensor>();
        for (long left = Next(stream) is long number ? number : throw Unexpected("tensors"); left > 0; left--)
        {
            // (key, key of the storage, class), then dimensions (of whose eight bytes four are unused), sizes, strides and offset
            if (Next(stream) is not object?[] fields || fields is not [long key, long storageKey, _] || !storages.TryGetValue(storageKey, out PthStorage? storage))
                throw Unexpected("tensors");
            int dimensions = (int)Number(stream);
            if (dimensions is < 0 or > PthTensor.MostDimensions)
                throw Unexpected("tensors");
            long[] shape = Numbers(stream, dimensions), strides = Numbers(stream, dimensions);
            tensors[key] = new PthTensor(storage, Number(stream), shape, strides);
        }
        return tensors;
    }

    private static object? Next(Stream stream) => new PickleReader(stream, _ => throw PickleMachine.Damaged("a reference stands where none can be")).Read();

    private static long[] Numbers(Stream stream, int count)
    {
        var numbers = new long[count];
        for (int index = 0; index < count; index++)
            numbers[index] = Number(stream);
        return numbers;
    }

    private static long Number(Stream stream)
    {
        Span<byte> bytes = stackalloc byte[8];
        stream.ReadExactly(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    private static InvalidDataException Unexpected(string part) => new($"the part '{part}' of its tar is damaged");
}
