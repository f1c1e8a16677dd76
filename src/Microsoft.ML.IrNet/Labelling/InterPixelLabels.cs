using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>
/// The labels that the IRNet learns from (Ahn, Cho, Kwak, CVPR 2019, section 4.1): surely an object, surely background, or not counted.
/// Two CRFs, one from generous and one from strict class maps, must agree on background; the strict one decides objects.
/// </summary>
public static class InterPixelLabels
{
    /// <summary>Computes the labels of one photograph.</summary>
    /// <param name="image">The photograph.</param>
    /// <param name="cam">Class activation maps at its full size, [tags, height, width], 0 to 1. Without tags the result is all background.</param>
    /// <param name="tags">0-based class index of each map, at most 253.</param>
    /// <param name="options">Thresholds and CRF.</param>
    /// <returns>0 background, class index + 1 an object, 255 not counted.</returns>
    /// <exception cref="ArgumentException">The maps have another size, or values that are NaN, infinite or negative.</exception>
    /// <exception cref="OptionException">An option is out of range.</exception>
    public static LabelMap Compute(RgbImage image, ReadOnlySpan<float> cam, IReadOnlyList<int> tags, InterPixelLabelOptions options)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(tags);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        ValueRange.RequireLength(cam.Length, (long)tags.Count * image.Height * image.Width, nameof(cam), "tags x height x width");
        ValueRange.Require(cam, 0, float.MaxValue, nameof(cam));
        TagRange.Require(tags, nameof(tags));
        int pixels = image.Height * image.Width;
        return tags.Count == 0
            ? new LabelMap(image.Height, image.Width, new byte[pixels])
            : Refine(image, Threshold(cam, pixels, options.ForegroundThreshold), Threshold(cam, pixels, options.BackgroundThreshold), tags, options.Crf);
    }

    /// <summary>Refines both decisions with one CRF and joins them. Labels are 0 for background, i + 1 for the i-th tag.</summary>
    internal static LabelMap Refine(RgbImage image, byte[] strict, byte[] generous, IReadOnlyList<int> tags, DenseCrfOptions options)
    {
        var crf = new DenseCrfModel(image.Pixels, image.Height, image.Width, options);
        int labels = tags.Count + 1;
        ReadOnlySpan<float> probabilities = crf.Infer(LabelEnergies.Of([strict, generous], labels), labels);
        int field = labels * strict.Length;
        strict = DenseCrf.ArgMax(probabilities[..field], labels);
        generous = DenseCrf.ArgMax(probabilities[field..], labels);
        var result = new byte[strict.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = strict[i] != 0 ? (byte)(tags[strict[i] - 1] + 1) : generous[i] != 0 ? LabelMap.Void : (byte)0;
        return new LabelMap(image.Height, image.Width, result);
    }

    /// <summary>The strongest map of each pixel + 1, or 0 where none exceeds the threshold.</summary>
    private static byte[] Threshold(ReadOnlySpan<float> cam, int pixels, float threshold)
    {
        var labels = new byte[pixels];
        var best = new float[pixels];
        Array.Fill(best, threshold);
        for (int map = 0; map < cam.Length / pixels; map++)
        {
            ReadOnlySpan<float> scores = cam.Slice(map * pixels, pixels);
            for (int i = 0; i < best.Length; i++)
                if (scores[i] > best[i])
                    (best[i], labels[i]) = (scores[i], (byte)(map + 1));
        }
        return labels;
    }
}
