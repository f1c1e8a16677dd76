namespace Microsoft.ML.IrNet.Weights;

/// <summary>What became of weights that were loaded into a network.</summary>
/// <param name="Loaded">The network's names that received their values.</param>
/// <param name="Missing">The network's names that the weights lack.</param>
/// <param name="Unexpected">The weights' names that the network does not have.</param>
/// <param name="Misshapen">The names whose shapes differ, each with both shapes.</param>
public sealed record WeightReport(
    IReadOnlyList<string> Loaded, IReadOnlyList<string> Missing, IReadOnlyList<string> Unexpected, IReadOnlyList<string> Misshapen)
{
    private const int MostNames = 5;

    /// <summary>One line: how many of each, and the first names of those that went wrong.</summary>
    public string Summary =>
        $"{Loaded.Count} loaded{Part("missing", Missing)}{Part("misshapen", Misshapen)}{Part("unexpected", Unexpected)}";

    /// <summary>Makes sure that the network received all its values; weights it has no use for do no harm.</summary>
    /// <param name="source">The file or source of the weights, for the error.</param>
    /// <exception cref="WeightsException">A name is missing or misshapen.</exception>
    public void RequireComplete(string source)
    {
        if (Missing.Count + Misshapen.Count > 0)
            throw new WeightsException(source, $"does not fit the network: {Summary}; use weights of the same architecture.");
    }

    private static string Part(string what, IReadOnlyList<string> names) => names.Count == 0 ? ""
        : $", {names.Count} {what} ({string.Join(", ", names.Take(MostNames))}{(names.Count > MostNames ? ", ..." : "")})";
}
