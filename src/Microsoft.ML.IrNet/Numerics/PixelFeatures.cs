namespace Microsoft.ML.IrNet.Numerics;

/// <summary>What makes pixels alike for the pairwise terms, in units of the terms' deviations: [dimensions, stride] for a <see cref="PermutohedralLattice"/>.</summary>
internal static class PixelFeatures
{
    public static float[] Position(int height, int width, float deviation)
    {
        var features = new float[2 * PermutohedralLattice.Stride(height * width)];
        AddPosition(features, height, width, deviation);
        return features;
    }

    public static float[] Color(byte[] rgb, int height, int width, DenseCrfOptions options)
    {
        const int Dimensions = 5;
        int stride = PermutohedralLattice.Stride(height * width);
        var features = new float[Dimensions * stride];
        AddPosition(features.AsSpan(0, 2 * stride), height, width, options.AppearanceDeviation);
        var steps = new float[256];
        for (int value = 0; value < steps.Length; value++)
            steps[value] = value / options.ColorDeviation;
        for (int pixel = 0; pixel < height * width; pixel++)
            for (int channel = 0; channel < 3; channel++)
                features[(2 + channel) * stride + pixel] = steps[rgb[3 * pixel + channel]];
        return features;
    }

    private static void AddPosition(Span<float> features, int height, int width, float deviation)
    {
        int stride = features.Length / 2;
        for (int x = 0; x < width; x++)
            features[x] = x / deviation;
        for (int y = 0; y < height; y++)
        {
            features[..width].CopyTo(features[(y * width)..]);
            features.Slice(stride + y * width, width).Fill(y / deviation);
        }
    }
}
