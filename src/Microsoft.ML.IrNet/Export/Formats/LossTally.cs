namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Counts what a format cannot carry.</summary>
internal sealed class LossTally
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    /// <summary>A clause for each kind, with its count.</summary>
    public IReadOnlyList<string> Clauses => [.. _counts.Select(kind => $"{kind.Value} {kind.Key}")];

    /// <summary>Counts one of a kind.</summary>
    /// <param name="kind">What is counted, in the plural, and what becomes of it.</param>
    public void Count(string kind) => _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
}
