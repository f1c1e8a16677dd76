namespace Microsoft.ML.IrNet.Weights;

/// <summary>A run of elements in one of a .pth file's storages.</summary>
/// <param name="Key">The storage's name in the file.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Offset">The first element of the run.</param>
/// <param name="Count">The elements in the run.</param>
internal sealed record PthStorage(string Key, StoredType Type, long Offset, long Count)
{
    /// <summary>
    /// Reads what a pickle says of a storage: ("storage", class, key, device, count), in the older format followed by null or by (key of the view, offset, count).
    /// </summary>
    /// <exception cref="InvalidDataException">It says something else.</exception>
    public static PthStorage Parse(object? id)
    {
        if (id is object?[] fields && fields is ["storage", PickleGlobal storageClass, string key, string, long count, ..] && count >= 0
            && PickleCalls.StorageType(storageClass) is { } type)
        {
            if (fields.Length == 5 || fields is [.., null])
                return new PthStorage(key, type, 0, count);
            if (fields[5] is object?[] view && view is [_, long offset, long length] && offset >= 0 && length >= 0 && offset <= count - length)
                return new PthStorage(key, type, offset, length);
        }
        throw new InvalidDataException("its pickle refers to a storage of a kind that weights do not need");
    }
}
