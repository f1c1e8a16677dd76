using System.Text;
using System.Text.RegularExpressions;

namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>
/// Relative paths for photographs, as their names have them, so that labels and photographs find each other again: only what no file system takes becomes an underscore. A path never leads
/// out of its folder, and paths that would meet are numbered.
/// </summary>
/// <param name="plain">Whether there are no folders and no white space.</param>
internal sealed partial class PhotographPaths(bool plain)
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

    /// <summary>The extension of a photograph's file, with its dot; .jpg where it has none or none like any.</summary>
    public static string ExtensionOf(string? file) => Path.GetExtension(file) is { } stated && Extension().IsMatch(stated) ? stated : ".jpg";

    /// <summary>Whether a character can stand in XML and in lines of text; halves of pairs, which come as U+FFFD, cannot.</summary>
    public static bool IsPrintable(Rune rune) => !Rune.IsControl(rune) && rune.Value is not (0xFFFD or 0xFFFE or 0xFFFF);

    [GeneratedRegex(@"^\.[A-Za-z0-9]{1,5}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Extension();

    private bool IsKept(Rune rune) => IsPrintable(rune) && !(rune.IsBmp && Refused.Contains((char)rune.Value, StringComparison.Ordinal)) && !(plain && Rune.IsWhiteSpace(rune));
}
