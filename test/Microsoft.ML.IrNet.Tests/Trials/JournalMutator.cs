using System.Text;
using Microsoft.ML.IrNet.Files;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Damages the lines of a journal and puts their checksums right, so that the damage gets past those.</summary>
internal static class JournalMutator
{
    /// <summary>Damages a line, or the file as text or bytes.</summary>
    public static byte[] Mutate(Random random, byte[] seed)
    {
        if (random.Next(4) == 0)
            return TextMutator.Mutate(random, seed, seed);
        string[] lines = Encoding.UTF8.GetString(seed).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        int at = random.Next(lines.Length);
        byte[] text = Encoding.UTF8.GetBytes(lines[at][(lines[at].IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        string changed = Encoding.UTF8.GetString(TextMutator.Mutate(random, text, text)).ReplaceLineEndings(" ");
        lines[at] = $"{Journal.Checksum(changed)} {changed}";
        return Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + '\n')));
    }
}
