using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>
/// The labels that the IRNet learns from (Ahn, Cho, Kwak, CVPR 2019, section 4.1): surely an object, surely background, or not counted.
/// Two CRFs, one from generous and one from strict class maps, must agree on background; the strict one decides objects.
/// </summary>
public static class InterPixelLabels
{
    // Each takes a plane of the photograph's size for each label.
    private const int FieldsAtOnce = 4;

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
        return Sweep(image, cam, tags, [options])[0];
    }

    /// <summary>The labels of one photograph by several thresholds, of which each is refined once.</summary>
    /// <param name="image">The photograph.</param>
    /// <param name="cam">Class activation maps at its full size.</param>
    /// <param name="tags">0-based class index of each map.</param>
    /// <param name="options">At least one; all with the same CRF.</param>
    internal static LabelMap[] Sweep(RgbImage image, ReadOnlySpan<float> cam, IReadOnlyList<int> tags, IReadOnlyList<InterPixelLabelOptions> options)
    {
        foreach (InterPixelLabelOptions each in options)
            each.Validate();
        ValueRange.RequireLength(cam.Length, (long)tags.Count * image.Height * image.Width, nameof(cam), "tags x height x width");
        ValueRange.Require(cam, 0, float.MaxValue, nameof(cam));
        TagRange.Require(tags, nameof(tags));
        int pixels = image.Height * image.Width;
        if (tags.Count == 0)
            return [.. options.Select(_ => new LabelMap(image.Height, image.Width, new byte[pixels]))];
        var crf = new DenseCrfModel(image.Pixels, image.Height, image.Width, options[0].Crf);
        var refined = new Dictionary<float, byte[]>();
        foreach (float[] thresholds in options.SelectMany(each => new[] { each.ForegroundThreshold, each.BackgroundThreshold }).Distinct().Chunk(FieldsAtOnce))
        {
            var fields = new byte[thresholds.Length][];
            for (int n = 0; n < fields.Length; n++)
                fields[n] = Threshold(cam, pixels, thresholds[n]);
            foreach ((float threshold, byte[] field) in thresholds.Zip(Refine(crf, fields, tags.Count + 1)))
                refined[threshold] = field;
        }
        return [.. options.Select(each => Join(image, refined[each.ForegroundThreshold], refined[each.BackgroundThreshold], tags))];
    }

    /// <summary>Refines decisions with one CRF. Their labels are 0 for background, i + 1 for the i-th tag.</summary>
    internal static byte[][] Refine(DenseCrfModel crf, byte[][] fields, int labels)
    {
        float[] probabilities = crf.Infer(LabelEnergies.Of(fields, labels), labels);
        int field = labels * fields[0].Length;
        return [.. fields.Select((_, n) => DenseCrf.ArgMax(probabilities.AsSpan(n * field, field), labels))];
    }

    /// <summary>Joins refined decisions.</summary>
    internal static LabelMap Join(RgbImage image, byte[] strict, byte[] generous, IReadOnlyList<int> tags)
    {
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
