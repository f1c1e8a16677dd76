using System.Text;

namespace Microsoft.ML.IrNet.Export;

/// <summary>
/// Names of files for photographs: a plain name stays as it is; path separators and whatever else a file system may refuse become underscores,
/// so that a name never leads out of its folder; names that would meet are numbered.
/// </summary>
internal sealed class LabelFileNames
{
    // File systems take 255 bytes; extension, number and the marks of a file being written need some.
    private const int MaximumBytes = 160;

    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    // Case is ignored because some file systems do.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A file name without extension that was not given out before.</summary>
    public string Assign(string name)
    {
        string safe = Safe(name, rune => Rune.IsLetterOrDigit(rune) || rune.Value is '-' or '_' or ' ' or '(' or ')' or '.'), free = safe;
        for (int number = 2; !_taken.Add(free); number++)
            free = $"{safe}_{number}";
        return free;
    }

    /// <summary>A file name without what does not belong into one.</summary>
    /// <param name="name">Any text.</param>
    /// <param name="isKept">Which characters belong into it; for the others there are underscores.</param>
    internal static string Safe(string name, Func<Rune, bool> isKept)
    {
        var safe = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in name.EnumerateRunes())
        {
            bool kept = isKept(rune) && rune.Value != '/' && (rune.Value != '.' || safe.Length > 0);
            Rune written = kept ? rune : new Rune('_');
            bytes += written.Utf8SequenceLength;
            if (bytes > MaximumBytes)
                break;
            safe.Append(written);
        }
        string trimmed = safe.ToString().Trim(' ').TrimEnd('.', ' ');
        return trimmed.Length == 0 || Reserved.Contains(trimmed.Split('.')[0]) ? "_" + trimmed : trimmed;
    }
}
