using System.IO.Compression;

namespace Microsoft.ML.IrNet.Weights;

/// <summary>The format of torch 1.6 and later: a zip with the entries ROOT/data.pkl and ROOT/data/KEY.</summary>
internal static class PthZip
{
    private const string PickleName = "data.pkl";

    public static StateDict Read(Stream stream)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in zip.Entries)
            if (!entries.TryAdd(entry.FullName, entry))
                throw new InvalidDataException($"its zip holds '{entry.FullName}' twice");
        string[] pickles = [.. entries.Keys.Where(name => name == PickleName || name.EndsWith("/" + PickleName, StringComparison.Ordinal))];
        if (pickles.Length != 1)
            throw new InvalidDataException($"no .pth file: its zip holds {pickles.Length} entries named {PickleName} instead of one");
        string root = pickles[0][..^PickleName.Length];
        if (entries.TryGetValue(root + "byteorder", out ZipArchiveEntry? order) && Bytes(order, stream.Length) is not [(byte)'l', ..])
            throw new InvalidDataException("its tensors are big-endian; save it again on a little-endian machine");
        // Entries may lie over each other, so that a small file has many large ones.
        long left = stream.Length;
        using var pickle = new MemoryStream(Bytes(entries[pickles[0]], stream.Length));
        object? described = new PickleReader(pickle, PthStorage.Parse).Read();
        return PthStateDict.Make(described, storage =>
        {
            string name = $"{root}data/{storage.Key}";
            byte[] bytes = Bytes(entries.GetValueOrDefault(name) ?? throw new InvalidDataException($"its zip lacks the entry '{name}'"), left);
            left -= bytes.Length;
            return (Int128)bytes.Length >= (Int128)storage.Count * storage.Type.Size() ? bytes
                : throw new InvalidDataException($"its entry '{name}' is shorter than the {storage.Count} elements ({storage.Type}) it should hold");
        }, stream.Length);
    }

    // torch.save compresses nothing, so the entries together are no longer than the file, whatever the zip claims.
    private static byte[] Bytes(ZipArchiveEntry entry, long most)
    {
        if (entry.CompressedLength != entry.Length || entry.Length > most)
            throw new InvalidDataException($"its entry '{entry.FullName}' is compressed or lies over another, which torch.save does not do");
        if (entry.Length > Array.MaxLength)
            throw new InvalidDataException($"its entry '{entry.FullName}' is larger than 2 GiB, which cannot be read");
        byte[] bytes = new byte[entry.Length];
        using Stream contents = entry.Open();
        contents.ReadExactly(bytes);
        return bytes;
    }
}
