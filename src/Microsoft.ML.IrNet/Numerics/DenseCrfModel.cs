namespace Microsoft.ML.IrNet.Numerics;

/// <summary>The pairwise terms of a dense CRF over one photograph; serves any number of unary terms, from several threads at once.</summary>
internal sealed class DenseCrfModel
{
    // Too small to matter, large enough that no product in the filter is a slow denormal number.
    private const float SmallestProbability = 1e-20f;
    private const int Lanes = 4;

    private readonly int _pixels;
    private readonly int _iterations;
    private readonly List<(PermutohedralLattice Lattice, float Weight)> _terms = [];

    public DenseCrfModel(byte[] rgb, int height, int width, DenseCrfOptions options)
    {
        _pixels = height * width;
        _iterations = options.Iterations;
        PermutohedralLattice? smoothness = null, appearance = null;
        Parallel.Invoke(
            () => smoothness = options.SmoothnessWeight > 0 ? new PermutohedralLattice(PositionFeatures(height, width, options), 2) : null,
            () => appearance = options.AppearanceWeight > 0 ? new PermutohedralLattice(ColorFeatures(rgb, height, width, options), 5) : null);
        if (smoothness is not null)
            _terms.Add((smoothness, options.SmoothnessWeight));
        if (appearance is not null)
            _terms.Add((appearance, options.AppearanceWeight));
    }

    /// <summary>Mean-field inference: [labels, pixels] energies in, [labels, pixels] probabilities out.</summary>
    public float[] Infer(ReadOnlySpan<float> unary, int labels)
    {
        int channels = (labels + Lanes - 1) / Lanes * Lanes;
        var score = new float[_pixels * channels];
        for (int label = 0; label < labels; label++)
            for (int pixel = 0; pixel < _pixels; pixel++)
                score[pixel * channels + label] = -unary[label * _pixels + pixel];

        var probability = new float[score.Length];
        var total = (float[])score.Clone();
        Softmax(total, probability, labels, channels);
        int bufferLength = _terms.Count == 0 ? 0 : _terms.Max(term => term.Lattice.BufferLength(channels));
        var (buffer, otherBuffer) = (new float[bufferLength], new float[bufferLength]);
        for (int iteration = 0; iteration < _iterations; iteration++)
        {
            score.CopyTo(total.AsSpan());
            foreach (var (lattice, weight) in _terms)
                lattice.Filter(probability, channels, weight, total, buffer, otherBuffer);
            Softmax(total, probability, labels, channels);
        }

        var result = new float[labels * _pixels];
        for (int label = 0; label < labels; label++)
            for (int pixel = 0; pixel < _pixels; pixel++)
                result[label * _pixels + pixel] = probability[pixel * channels + label];
        return result;
    }

    private void Softmax(float[] scores, float[] probabilities, int labels, int channels) => RowBands.For(_pixels, 10L * labels, (first, end) =>
    {
        for (int pixel = first; pixel < end; pixel++)
        {
            ReadOnlySpan<float> score = scores.AsSpan(pixel * channels, labels);
            Span<float> probability = probabilities.AsSpan(pixel * channels, labels);
            float largest = score[0];
            for (int label = 1; label < score.Length; label++)
                largest = Math.Max(largest, score[label]);
            float sum = 0;
            for (int label = 0; label < score.Length; label++)
                sum += probability[label] = MathF.Exp(score[label] - largest);
            for (int label = 0; label < probability.Length; label++)
            {
                float share = probability[label] / sum;
                probability[label] = share < SmallestProbability ? 0 : share;
            }
        }
    });

    private static float[] PositionFeatures(int height, int width, DenseCrfOptions options)
    {
        var features = new float[height * width * 2];
        for (int y = 0, at = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                features[at++] = x / options.SmoothnessDeviation;
                features[at++] = y / options.SmoothnessDeviation;
            }
        return features;
    }

    private static float[] ColorFeatures(byte[] rgb, int height, int width, DenseCrfOptions options)
    {
        var features = new float[height * width * 5];
        for (int y = 0, at = 0, byteAt = 0; y < height; y++)
            for (int x = 0; x < width; x++)
            {
                features[at++] = x / options.AppearanceDeviation;
                features[at++] = y / options.AppearanceDeviation;
                for (int channel = 0; channel < 3; channel++)
                    features[at++] = rgb[byteAt++] / options.ColorDeviation;
            }
        return features;
    }
}
