namespace Microsoft.ML.IrNet.Numerics;

/// <summary>The pairwise terms of a dense CRF over one photograph; serves any number of unary terms, from several threads at once.</summary>
internal sealed class DenseCrfModel
{
    private readonly int _pixels;
    private readonly int _iterations;
    private readonly List<(PermutohedralLattice Lattice, float Weight)> _terms = [];

    public DenseCrfModel(byte[] rgb, int height, int width, DenseCrfOptions options)
    {
        _pixels = height * width;
        _iterations = options.Iterations;
        if (options.SmoothnessWeight > 0)
            _terms.Add((PositionLattices.Of(height, width, options.SmoothnessDeviation), options.SmoothnessWeight));
        if (options.AppearanceWeight > 0)
            _terms.Add((new PermutohedralLattice(PixelFeatures.Color(rgb, height, width, options), 5, _pixels), options.AppearanceWeight));
    }

    /// <summary>Mean-field inference of one or more unary terms, each on its own but in one pass.</summary>
    /// <param name="unary">[fields, labels, pixels] energies; only read.</param>
    /// <param name="labels">Labels of each field.</param>
    /// <returns>[fields, labels, pixels] probabilities.</returns>
    public float[] Infer(float[] unary, int labels)
    {
        int planes = unary.Length / _pixels;
        int channels = (planes + LatticeFilter.Lanes - 1) / LatticeFilter.Lanes * LatticeFilter.Lanes;
        var filters = _terms.Select(term => (Filter: new LatticeFilter(term.Lattice, channels), term.Weight)).ToArray();
        var softmax = new PixelSoftmax(unary, _pixels, labels);
        var probability = new float[_pixels * channels];
        softmax.Run(channels, (_, _) => { }, probability);
        for (int iteration = 0; iteration < _iterations; iteration++)
        {
            foreach (var (filter, _) in filters)
                filter.Blur(probability);
            softmax.Run(channels, (scores, first) =>
            {
                foreach (var (filter, weight) in filters)
                    filter.AddTo(scores, first, weight);
            }, probability);
        }

        var result = new float[unary.Length];
        RowBands.For(_pixels, planes, (first, end) =>
        {
            for (int plane = 0; plane < planes; plane++)
                for (int pixel = first; pixel < end; pixel++)
                    result[plane * _pixels + pixel] = probability[pixel * channels + plane];
        });
        return result;
    }
}
