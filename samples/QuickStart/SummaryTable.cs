namespace QuickStart;

/// <summary>A table on the console.</summary>
/// <param name="Caption">Stands above.</param>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
internal sealed record SummaryTable(string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);
