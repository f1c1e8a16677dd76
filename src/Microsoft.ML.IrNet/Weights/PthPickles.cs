namespace Microsoft.ML.IrNet.Weights;

/// <summary>The format of torch 0.1.10 to 1.5: five pickles (a magic number, a version, notes, the object, the storages' keys), then the storages in that order.</summary>
internal static class PthPickles
{
    // 0x1950a86a20f9469cfc6c, as its little-endian bytes.
    private const string MagicNumber = "6CFC9C46F9206AA85019";

    public static StateDict Read(Stream file)
    {
        using var stream = new BufferedStream(file, 1 << 16);
        if (Next(stream) is not MagicNumber)
            throw new InvalidDataException("no .pth file: it begins with a pickle, but not with torch.save's magic number");
        if (Next(stream) is not 1001L)
            throw new InvalidDataException("its version of torch.save's older format is unknown");
        if (Next(stream) is Dictionary<object, object?> notes && notes.GetValueOrDefault("little_endian") is false)
            throw new InvalidDataException("its tensors are big-endian; save it again on a little-endian machine");
        var types = new Dictionary<string, StoredType>(StringComparer.Ordinal);
        object? described = new PickleReader(stream, id =>
        {
            PthStorage storage = PthStorage.Parse(id);
            types[storage.Key] = storage.Type;
            return storage;
        }).Read();
        PthStorageRun run = new(stream);
        foreach (object? key in Next(stream) as List<object?> ?? throw PickleMachine.Damaged("the list of storages is missing"))
            run.Add(key as string ?? "", key is string name && types.TryGetValue(name, out StoredType type) ? type
                : throw PickleMachine.Damaged("it lists a storage that no tensor uses"));
        return PthStateDict.Make(described, storage => run.Read(storage.Key), file.Length);
    }

    private static object? Next(Stream stream) => new PickleReader(stream, _ => throw PickleMachine.Damaged("a storage stands where none can be")).Read();
}
