using System.Text.Json;

namespace Microsoft.ML.IrNet.Files;

/// <summary>What was measured of each photograph, by its name, kept on disk, so that work that goes on need not measure it again.</summary>
internal sealed class TallyJournal<T> : IDisposable
{
    private readonly Journal _journal;
    private readonly Dictionary<string, T> _tallies = [];

    /// <summary>Opens a journal, which is made where missing.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWhole">Whether a tally has all its parts. One that has not counts as not measured: it is measured again.</param>
    /// <exception cref="OutputException">The file cannot be opened.</exception>
    public TallyJournal(string path, Func<T, bool> isWhole)
    {
        _journal = Journal.Open(path);
        try
        {
            foreach (string line in _journal.Lines())
                if (Parse(line) is { Name: not null, Tally: not null } entry && isWhole(entry.Tally))
                    _tallies[entry.Name] = entry.Tally;
        }
        catch
        {
            _journal.Dispose();
            throw;
        }
    }

    private sealed record Entry(string Name, T Tally);

    /// <summary>What was measured, of this work and of that before.</summary>
    public IReadOnlyCollection<T> Tallies => _tallies.Values;

    public bool Contains(string name) => _tallies.ContainsKey(name);

    /// <summary>What was measured of a photograph, now or before; the default where nothing was.</summary>
    public T? Find(string name) => _tallies.GetValueOrDefault(name);

    /// <summary>Adds what was measured of a photograph.</summary>
    /// <exception cref="OutputException">The disk is full, for example.</exception>
    public void Add(string name, T tally)
    {
        if (_tallies.TryAdd(name, tally))
            _journal.Add(JsonSerializer.Serialize(new Entry(name, tally), JsonTypes.Plain));
    }

    private static Entry? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(line, JsonTypes.Plain);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Dispose() => _journal.Dispose();
}
