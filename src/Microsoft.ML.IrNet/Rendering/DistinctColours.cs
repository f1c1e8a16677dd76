namespace Microsoft.ML.IrNet.Rendering;

/// <summary>An endless series of colours of which neighbours differ well.</summary>
internal static class DistinctColours
{
    private static readonly (byte, byte, byte)[] First =
    [
        (230, 57, 70), (29, 120, 255), (46, 204, 80), (255, 201, 14), (171, 71, 237), (0, 206, 209), (255, 127, 39), (255, 105, 200), (150, 200, 20), (110, 80, 255),
    ];

    /// <summary>Colour <paramref name="index"/> of the series.</summary>
    public static (byte Red, byte Green, byte Blue) Get(int index)
    {
        var (red, green, blue) = First[index % First.Length];
        // Each further round is darker than the one before, down to half.
        float shade = 1 / (1 + 0.35f * Math.Min(index / First.Length, 3));
        return ((byte)(red * shade), (byte)(green * shade), (byte)(blue * shade));
    }
}
