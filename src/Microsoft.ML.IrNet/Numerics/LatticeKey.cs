namespace Microsoft.ML.IrNet.Numerics;

/// <summary>The first five or fewer coordinates of a lattice vertex (the last one follows, as they sum to 0), 16 bits each.</summary>
internal readonly record struct LatticeKey(ulong FirstFour, ushort Fifth)
{
    private const ulong SignBits = 0x8000_8000_8000_8000;

    public static LatticeKey Of(ReadOnlySpan<int> coordinates)
    {
        ulong firstFour = 0;
        for (int i = 0; i < coordinates.Length && i < 4; i++)
            firstFour |= (ulong)(ushort)coordinates[i] << (16 * i);
        return new LatticeKey(firstFour, coordinates.Length > 4 ? (ushort)coordinates[4] : (ushort)0);
    }

    public ulong Hash => FirstFour * 0x9E3779B97F4A7C15UL ^ Fifth * 0xC2B2AE3D27D4EB4FUL;

    /// <summary>Coordinate by coordinate; no carry passes from one to the next.</summary>
    public static LatticeKey operator +(LatticeKey left, LatticeKey right) => new(
        ((left.FirstFour & ~SignBits) + (right.FirstFour & ~SignBits)) ^ ((left.FirstFour ^ right.FirstFour) & SignBits),
        (ushort)(left.Fifth + right.Fifth));
}
