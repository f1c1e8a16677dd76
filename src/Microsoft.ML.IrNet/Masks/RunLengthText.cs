using System.Text;

namespace Microsoft.ML.IrNet.Masks;

/// <summary>
/// COCO's compressed counts (rleToString, rleFrString): five bits a character, low group first, bit 5 set while more follow,
/// bit 4 of the last group the sign, plus 48; from the fourth count on the difference to the count two places before.
/// </summary>
internal static class RunLengthText
{
    // Differences of counts below 2^31 take 33 bits with their sign.
    private const int MaximumGroups = 7;

    public static string Format(ReadOnlySpan<uint> counts)
    {
        var text = new StringBuilder(counts.Length * 2);
        for (int i = 0; i < counts.Length; i++)
        {
            long value = i > 2 ? (long)counts[i] - counts[i - 2] : counts[i];
            bool more;
            do
            {
                long group = value & 0x1f;
                value >>= 5;
                more = (group & 0x10) != 0 ? value != -1 : value != 0;
                text.Append((char)((more ? group | 0x20 : group) + 48));
            }
            while (more);
        }
        return text.ToString();
    }

    public static uint[] Parse(string text, long pixels)
    {
        var counts = new List<uint>();
        long sum = 0;
        for (int position = 0; position < text.Length;)
        {
            int start = position;
            long value = ReadValue(text, ref position);
            if (counts.Count > 2)
                value += counts[^2];
            if (value < 0 || value > pixels - sum)
                throw Malformed($"the count at character {start} is {value}, where at most {pixels - sum} pixels of the mask are left.");
            sum += value;
            counts.Add((uint)value);
        }
        return sum == pixels ? [.. counts] : throw Malformed($"its counts sum to {sum}, not to the mask's {pixels} pixels.");
    }

    private static long ReadValue(string text, ref int position)
    {
        long value = 0;
        for (int group = 0; group < MaximumGroups; group++)
        {
            if (position == text.Length)
                throw Malformed("it ends in the middle of a count.");
            int bits = text[position] - 48;
            if (bits is < 0 or > 63)
                throw Malformed($"character {position} (U+{(int)text[position]:X4}) is none of COCO's, '0' to 'o'.");
            position++;
            value |= (long)(bits & 0x1f) << 5 * group;
            if ((bits & 0x20) != 0)
                continue;
            return (bits & 0x10) != 0 ? value | -1L << 5 * (group + 1) : value;
        }
        throw Malformed($"the count before character {position} has more than {MaximumGroups} characters.");
    }

    private static DataSetException Malformed(string problem) => new("compressed mask", problem);
}
