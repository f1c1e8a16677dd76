namespace Microsoft.ML.IrNet.Rendering;

/// <summary>A table of a gallery page.</summary>
/// <param name="Caption">Shown above the table.</param>
/// <param name="Header">The names of the columns.</param>
/// <param name="Rows">As many cells each as there are columns.</param>
public sealed record GalleryTable(string Caption, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<string>> Rows);
