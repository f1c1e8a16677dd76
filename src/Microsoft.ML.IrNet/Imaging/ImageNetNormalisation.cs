namespace Microsoft.ML.IrNet.Imaging;

/// <summary>The scaling under which the ImageNet weights were learnt: ((v / 255) - mean) / std for each channel.</summary>
public static class ImageNetNormalisation
{
    /// <summary>Mean of red, green and blue over ImageNet, in 0..1.</summary>
    public static IReadOnlyList<double> Mean { get; } = [0.485, 0.456, 0.406];

    /// <summary>Standard deviation of red, green and blue over ImageNet, in 0..1.</summary>
    public static IReadOnlyList<double> Std { get; } = [0.229, 0.224, 0.225];

    // Only 256 values a channel can occur. Computed in double and then rounded, as the published code does.
    private static readonly float[] Table =
        [.. Enumerable.Range(0, 3 * 256).Select(i => (float)((i % 256 / 255.0 - Mean[i / 256]) / Std[i / 256]))];

    /// <summary>Normalises a photograph into planes.</summary>
    /// <param name="image">The photograph.</param>
    /// <param name="destination">[3, H, W].</param>
    public static void ToChannelsFirst(RgbImage image, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        int plane = image.Height * image.Width;
        if (destination.Length != 3 * plane)
            throw new ArgumentException($"{destination.Length} values do not make 3 planes of {image.Height} x {image.Width}.", nameof(destination));
        ReadOnlySpan<byte> pixels = image.Pixels;
        for (int channel = 0; channel < 3; channel++)
        {
            ReadOnlySpan<float> table = Table.AsSpan(channel * 256, 256);
            Span<float> target = destination.Slice(channel * plane, plane);
            for (int i = 0; i < target.Length; i++)
                target[i] = table[pixels[3 * i + channel]];
        }
    }
}
