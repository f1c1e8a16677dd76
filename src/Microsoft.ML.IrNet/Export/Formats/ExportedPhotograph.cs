using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>A photograph on its way out.</summary>
/// <param name="Name">Its name in the label folder.</param>
/// <param name="File">Its relative path there, with forward slashes: unique, and safe to join to a folder.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Read">Its labels, without what the format has no place for.</param>
internal sealed record ExportedPhotograph(string Name, string File, int Height, int Width, Func<ImageLabels> Read)
{
    /// <summary>The relative path without extension.</summary>
    public string Stem => Path.ChangeExtension(File, null);
}
