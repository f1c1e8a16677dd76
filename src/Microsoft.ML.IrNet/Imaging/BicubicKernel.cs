namespace Microsoft.ML.IrNet.Imaging;

/// <summary>For every new row or column, which old ones it is made of and with what fixed-point weights.</summary>
internal sealed class BicubicKernel
{
    /// <summary>Weights are multiples of 2^-22: 32 bits less 8 of the pixel and 2 for the overshoot.</summary>
    public const int PrecisionBits = 22;

    private const double Support = 2;

    private readonly int[] _starts;
    private readonly int[] _lengths;
    private readonly int[] _weights;
    private readonly int _stride;

    private BicubicKernel(int newSize, int stride) =>
        (_starts, _lengths, _weights, _stride) = (new int[newSize], new int[newSize], new int[newSize * stride], stride);

    /// <summary>New rows or columns.</summary>
    public int NewSize => _starts.Length;

    /// <summary>The first old row or column that new one <paramref name="index"/> is made of.</summary>
    public int Start(int index) => _starts[index];

    /// <summary>The weights of that and the following old ones.</summary>
    public ReadOnlySpan<int> Weights(int index) => _weights.AsSpan(index * _stride, _lengths[index]);

    /// <summary>Makes the weights; on downscaling the kernel widens with the scale, which is the antialiasing.</summary>
    public static BicubicKernel Create(int size, int newSize)
    {
        double scale = (double)size / newSize;
        double filterScale = Math.Max(scale, 1);
        double support = Support * filterScale;
        var kernel = new BicubicKernel(newSize, Math.Min((int)Math.Ceiling(support) * 2 + 1, size));
        var weights = new double[kernel._stride];
        for (int i = 0; i < newSize; i++)
        {
            double centre = (i + 0.5) * scale;
            int start = Math.Max((int)(centre - support + 0.5), 0);
            int length = Math.Min((int)(centre + support + 0.5), size) - start;
            double sum = 0;
            for (int k = 0; k < length; k++)
                sum += weights[k] = Weight((k + start - centre + 0.5) * (1 / filterScale));
            for (int k = 0; k < length; k++)
                kernel._weights[i * kernel._stride + k] = ToFixedPoint(weights[k] / sum);
            (kernel._starts[i], kernel._lengths[i]) = (start, length);
        }
        return kernel;
    }

    // Keys' cubic convolution with a = -0.5.
    private static double Weight(double x)
    {
        const double a = -0.5;
        x = Math.Abs(x);
        return x < 1 ? ((a + 2) * x - (a + 3)) * x * x + 1
            : x < 2 ? (((x - 5) * x + 8) * x - 4) * a
            : 0;
    }

    private static int ToFixedPoint(double weight) => (int)(weight * (1 << PrecisionBits) + (weight < 0 ? -0.5 : 0.5));
}
