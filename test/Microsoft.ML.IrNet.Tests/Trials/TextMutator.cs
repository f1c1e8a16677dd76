using System.Text;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Damages text where it hurts: its numbers, its names, its nesting.</summary>
internal static class TextMutator
{
    /// <summary>Names that lead out of a folder, or are none.</summary>
    public static readonly string[] Names =
    [
        "../../x", "/etc/passwd", "..", "..\\..\\x", "C:/x", "a/../../x", "./a", "", ".", "\0", "\ud83d", "CON", new string('n', 3000), "file:///etc/passwd", "~/x", "a\nb",
    ];

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "2", "255", "256", "2147483647", "2147483648", "-2147483648", "4294967295", "4294967296", "4611686018427387904", "9223372036854775807",
        "9223372036854775808", "-9223372036854775808", "99999999999999999999999", "1e9", "1e308", "1e999", "0.5", "-0.0", "1000000", "999999.9", "46340", "NaN", "Infinity", "",
    ];

    private static readonly string[] Tokens =
    [
        "null", "true", "{}", "[]", "[[]]", "{\"\":0}", "\"\"", "\"", "\\ud800", "\\u0000", "\\", "\0", ",", ",,", ":", ";", "|", "\r", "\n", "\r\n", "-", ".", "<", ">", "</a>", "<a/>", "&amp;", "&#0;",
        "&#x110000;", "&b;", "<![CDATA[", "<!--", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>", "<?xml version=\"1.0\" encoding=\"utf-7\"?>", "<?xml version=\"1.0\" encoding=\"ucs-4\"?>",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>", "xmlns:a=\"b\"", "\ufeff", "\ufffd", "\ud800", "//", "/*",
    ];

    private static readonly (string Open, string Close)[] Nests = [("[", "]"), ("{\"a\":", "}"), ("<a>", "</a>"), ("\"", "\""), ("[{\"a\":", "}]")];

    private static readonly int[] Depths = [2, 20, 63, 64, 65, 200, 3000];

    /// <summary>Damages a text as text, as bytes, or as both.</summary>
    public static byte[] Mutate(Random random, byte[] seed, byte[] other)
    {
        if (random.Next(4) == 0)
            return ByteMutator.Mutate(random, seed, other);
        string text = Encoding.UTF8.GetString(seed);
        for (int left = ByteMutator.Times(random); left > 0; left--)
            text = Once(random, text);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return random.Next(4) == 0 ? ByteMutator.Mutate(random, bytes, other) : bytes.Length <= ByteMutator.Longest ? bytes : bytes[..ByteMutator.Longest];
    }

    private static string Once(Random random, string text)
    {
        int at = random.Next(text.Length + 1);
        switch (random.Next(9))
        {
            case 0 or 1 or 2:
                return Replace(random, text, at, static c => char.IsAsciiDigit(c) || c is '.' or '-', Numbers);
            case 3:
                return Replace(random, text, at, static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '/' or '-', Names);
            case 4:
                return Replace(random, text, at, static c => char.IsAsciiLetterOrDigit(c) || c is '"' or '_', Tokens);
            case 5:
                return text.Insert(at, Tokens[random.Next(Tokens.Length)]);
            case 6:
                (string open, string close) = Nests[random.Next(Nests.Length)];
                int depth = Depths[random.Next(Depths.Length)], end = random.Next(at, text.Length + 1);
                return string.Concat(text[..at], Repeat(open, depth), text[at..end], random.Next(3) == 0 ? "" : Repeat(close, depth), text[end..]);
            case 7:
                int length = random.Next(Math.Min(text.Length - at, 200) + 1);
                return text.Insert(at, Repeat(text.Substring(at, length), random.Next(1, 1 + random.Next(1, 60))));
            default:
                return text.Remove(at, random.Next(Math.Min(text.Length - at, 60) + 1));
        }
    }

    private static string Replace(Random random, string text, int at, Func<char, bool> belongs, string[] by)
    {
        while (at < text.Length && !belongs(text[at]))
            at++;
        int begin = at, end = at;
        while (begin > 0 && belongs(text[begin - 1]))
            begin--;
        while (end < text.Length && belongs(text[end]))
            end++;
        return string.Concat(text.AsSpan(0, begin), by[random.Next(by.Length)], text.AsSpan(end));
    }

    private static string Repeat(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
