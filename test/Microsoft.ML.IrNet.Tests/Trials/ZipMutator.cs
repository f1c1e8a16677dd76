using System.IO.Compression;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Damages what is in a zip and makes a valid zip of it again, so that the damage reaches the parsers of the entries.</summary>
/// <param name="compression">Of the entries.</param>
/// <param name="mutate">Damages an entry, whose name it is told.</param>
internal sealed class ZipMutator(CompressionLevel compression, Func<Random, string, byte[], byte[]> mutate)
{
    private readonly Dictionary<byte[], List<(string Name, byte[] Contents)>> _opened = [];

    /// <summary>Called with the entries before they are packed: checksums can be put right.</summary>
    public Action<Random, List<(string Name, byte[] Contents)>>? Repair { get; init; }

    /// <summary>Damages an entry, the list of entries, or the file as bytes.</summary>
    public byte[] Mutate(Random random, byte[] seed, byte[] other)
    {
        if (random.Next(3) == 0)
            return ByteMutator.Mutate(random, seed, other);
        if (!_opened.TryGetValue(seed, out List<(string Name, byte[] Contents)>? whole))
            _opened[seed] = whole = Open(seed);
        List<(string Name, byte[] Contents)> entries = [.. whole];
        for (int left = ByteMutator.Times(random); left > 0; left--)
        {
            int at = random.Next(entries.Count);
            (string name, byte[] contents) = entries[at];
            switch (random.Next(12))
            {
                case 0 when entries.Count > 1:
                    entries.RemoveAt(at);
                    break;
                case 1:
                    entries.Add((random.Next(2) == 0 ? name : $"{name}{random.Next(9)}", contents));
                    break;
                case 2:
                    string leading = TextMutator.Names[random.Next(TextMutator.Names.Length)];
                    entries.Add((leading.Length == 0 ? "x" : leading, contents));
                    break;
                case 3:
                    int from = random.Next(entries.Count);
                    entries[at] = (name, entries[from].Contents);
                    break;
                default:
                    entries[at] = (name, mutate(random, name, contents));
                    break;
            }
        }
        Repair?.Invoke(random, entries);
        return Pack(entries, compression);
    }

    /// <summary>A zip of the entries, in their order.</summary>
    public static byte[] Pack(IEnumerable<(string Name, byte[] Contents)> entries, CompressionLevel compression)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, byte[] contents) in entries)
            {
                using Stream entry = zip.CreateEntry(name, compression).Open();
                entry.Write(contents);
            }
        return buffer.ToArray();
    }

    /// <summary>The entries of a zip.</summary>
    public static List<(string Name, byte[] Contents)> Open(byte[] zip)
    {
        using var archive = new ZipArchive(new MemoryStream(zip));
        return [.. archive.Entries.Select(entry =>
        {
            using Stream contents = entry.Open();
            using var bytes = new MemoryStream();
            contents.CopyTo(bytes);
            return (entry.FullName, bytes.ToArray());
        })];
    }
}
