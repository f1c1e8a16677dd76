using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Masks over photographs.</summary>
public static class MaskOverlay
{
    /// <summary>Each object tinted in a colour of its own with an outline. Objects earlier in the list lie on top.</summary>
    /// <param name="photograph">The photograph.</param>
    /// <param name="instances">Objects with masks of the photograph's size.</param>
    /// <param name="opacity">How much the tint covers, 0..1; outlines cover wholly.</param>
    /// <param name="leastScore">Objects below this score are left out.</param>
    /// <exception cref="ArgumentException">A mask has another size than the photograph.</exception>
    public static RgbImage Instances(RgbImage photograph, IReadOnlyList<InstanceLabel> instances, float opacity = 0.5f, float leastScore = 0)
    {
        ArgumentNullException.ThrowIfNull(photograph);
        ArgumentNullException.ThrowIfNull(instances);
        (int height, int width) = (photograph.Height, photograph.Width);
        var regions = new int[height * width];
        for (int n = instances.Count - 1; n >= 0; n--)
        {
            if (instances[n].Score < leastScore)
                continue;
            RunLengthMask mask = instances[n].Mask;
            if (mask.Height != height || mask.Width != width)
                throw new ArgumentException($"Mask {n} is {mask.Height} x {mask.Width}, the photograph {height} x {width}.", nameof(instances));
            byte[] inside = mask.ToRowMajor();
            for (int p = 0; p < inside.Length; p++)
                if (inside[p] != 0)
                    regions[p] = n + 1;
        }
        return Paint(photograph, regions, region => DistinctColours.Get(region - 1), opacity);
    }

    /// <summary>Each class tinted in its colour of the VOC palette with an outline; background stays.</summary>
    /// <param name="photograph">The photograph.</param>
    /// <param name="semantic">0 background, class index + 1, 255 void; of the photograph's size.</param>
    /// <param name="opacity">How much the tint covers, 0..1; outlines cover wholly.</param>
    /// <exception cref="ArgumentException">The map has another size than the photograph.</exception>
    public static RgbImage Semantic(RgbImage photograph, LabelMap semantic, float opacity = 0.6f)
    {
        ArgumentNullException.ThrowIfNull(photograph);
        ArgumentNullException.ThrowIfNull(semantic);
        if (semantic.Height != photograph.Height || semantic.Width != photograph.Width)
            throw new ArgumentException(
                $"The map is {semantic.Height} x {semantic.Width}, the photograph {photograph.Height} x {photograph.Width}.", nameof(semantic));
        int[] regions = Array.ConvertAll(semantic.Labels, label => (int)label);
        return Paint(photograph, regions, VocColour, opacity);
    }

    private static (byte Red, byte Green, byte Blue) VocColour(int index)
    {
        ReadOnlySpan<byte> entry = PalettePng.VocPalette.Slice(3 * index, 3);
        return (entry[0], entry[1], entry[2]);
    }

    private static RgbImage Paint(RgbImage photograph, int[] regions, Func<int, (byte Red, byte Green, byte Blue)> colour, float opacity)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(opacity);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(opacity, 1);
        (int height, int width) = (photograph.Height, photograph.Width);
        byte[] pixels = [.. photograph.Pixels];
        for (int y = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                int p = y * width + x;
                if (regions[p] == 0)
                    continue;
                bool rim = (x > 0 && regions[p - 1] != regions[p]) || (x + 1 < width && regions[p + 1] != regions[p])
                    || (y > 0 && regions[p - width] != regions[p]) || (y + 1 < height && regions[p + width] != regions[p]);
                float share = rim ? 1 : opacity;
                var (red, green, blue) = colour(regions[p]);
                pixels[3 * p] = Blend.Mix(pixels[3 * p], red, share);
                pixels[3 * p + 1] = Blend.Mix(pixels[3 * p + 1], green, share);
                pixels[3 * p + 2] = Blend.Mix(pixels[3 * p + 2], blue, share);
            }
        return new RgbImage(height, width, pixels);
    }
}
