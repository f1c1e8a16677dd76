using System.Text;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>
/// Relative paths for photographs, as their names have them, so that labels and photographs find each other again: only what no file system takes becomes an underscore. A path never leads
/// out of its folder, and paths that would meet are numbered.
/// </summary>
/// <param name="plain">Whether there are no folders and no white space.</param>
internal sealed class PhotographPaths(bool plain)
{
    // Windows refuses these.
    private const string Refused = "<>:\"|?*\\";

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A path that was not given out before.</summary>
    /// <param name="name">The photograph's name, or its relative path without extension.</param>
    /// <param name="extension">With its dot.</param>
    public string Assign(string name, string extension)
    {
        string[] parts = plain ? [name.Replace('/', '_')] : name.Split('/');
        string path = string.Join('/', parts.Select(part => LabelFileNames.Safe(part, IsKept))), free = path;
        // Without extension, because labels are named after photographs.
        for (int number = 2; !_taken.Add(free); number++)
            free = $"{path}_{number}";
        return free + extension;
    }

    private bool IsKept(Rune rune) => !Rune.IsControl(rune) && !(rune.IsBmp && Refused.Contains((char)rune.Value, StringComparison.Ordinal)) && !(plain && Rune.IsWhiteSpace(rune));
}
