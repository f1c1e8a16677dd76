namespace Microsoft.ML.IrNet.Numerics;

/// <summary>
/// x^n on [-1, 1] as a series of Chebyshev polynomials: x^n = 2^(1-n) sum' C(n, (n-k)/2) T_k(x) over k = n, n-2, ... (the term k = 0 halved).
/// The coefficients fall like a normal distribution of deviation sqrt(n) in k, so a few times sqrt(n) terms do for n steps.
/// </summary>
internal static class ChebyshevPower
{
    /// <summary>The coefficients of T_0, T_1, ...; every second one is zero.</summary>
    /// <param name="power">n, at least 1.</param>
    /// <param name="tolerance">The largest error of the sum anywhere on [-1, 1].</param>
    public static double[] Coefficients(int power, double tolerance)
    {
        int degree = power % 2;
        int below = (power - degree) / 2;
        double coefficient = degree;
        if (degree == 0)
        {
            // C(n, n/2) / 2^n as a product, which no power can overflow.
            coefficient = 1;
            for (int i = 1; i <= below; i++)
                coefficient *= (2 * i - 1.0) / (2 * i);
        }
        else
            for (int i = 1; i <= below; i++)
                coefficient *= (2 * i + 1.0) / (2 * i + 2);
        var coefficients = new List<double>();
        double rest = 1;
        for (; ; degree += 2, below--)
        {
            while (coefficients.Count < degree)
                coefficients.Add(0);
            coefficients.Add(coefficient);
            // At x = 1 every T_k is 1 and the whole sum is 1: what is not yet there bounds the error.
            rest -= coefficient;
            if (below == 0 || rest <= tolerance)
                return [.. coefficients];
            // From C(n, m) to C(n, m-1); the halving of the term k = 0 ends with the first.
            coefficient *= (degree == 0 ? 2.0 : 1.0) * below / (power - below + 1);
        }
    }
}
