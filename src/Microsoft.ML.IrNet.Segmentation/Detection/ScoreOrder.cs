namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>Sorts by score.</summary>
internal static class ScoreOrder
{
    /// <summary>The indices of the scores from the highest down; equal scores keep their order, NaN comes first as in torch.</summary>
    public static int[] Descending(ReadOnlySpan<float> scores)
    {
        // Score and index in one number: much faster to sort than with a comparer, and stable.
        var keys = new ulong[scores.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = ((ulong)~Rank(scores[i]) << 32) | (uint)i;
        Array.Sort(keys);
        return Array.ConvertAll(keys, key => (int)(uint)key);
    }

    /// <summary>A number that grows with the score.</summary>
    private static uint Rank(float score)
    {
        if (float.IsNaN(score))
            return uint.MaxValue;
        // Adding 0 turns -0 into 0.
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x80000000) != 0 ? ~bits : bits | 0x80000000;
    }
}
