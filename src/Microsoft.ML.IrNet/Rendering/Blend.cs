namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Mixing of 8-bit channels.</summary>
internal static class Blend
{
    /// <summary><paramref name="share"/> of <paramref name="over"/>, the rest of <paramref name="under"/>.</summary>
    public static byte Mix(byte under, byte over, float share) => ToByte(under + (over - under) * share);

    /// <summary>Rounds and clamps; what is no number is black.</summary>
    public static byte ToByte(float value) => float.IsNaN(value) ? (byte)0 : (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
