namespace Microsoft.ML.IrNet.Numerics;

/// <summary>The first five or fewer coordinates of a lattice vertex (the last one follows, as they sum to 0), 16 bits each.</summary>
internal readonly record struct LatticeKey(ulong FirstFour, ushort Fifth)
{
    public static LatticeKey Of(ReadOnlySpan<int> coordinates)
    {
        ulong firstFour = 0;
        for (int i = 0; i < coordinates.Length && i < 4; i++)
            firstFour |= (ulong)(ushort)coordinates[i] << (16 * i);
        return new LatticeKey(firstFour, coordinates.Length > 4 ? (ushort)coordinates[4] : (ushort)0);
    }

    public int Coordinate(int i) => i < 4 ? (short)(FirstFour >> (16 * i)) : (short)Fifth;

    public uint Hash => (uint)((FirstFour * 0x9E3779B97F4A7C15UL ^ Fifth * 0xC2B2AE3D27D4EB4FUL) >> 32);
}
