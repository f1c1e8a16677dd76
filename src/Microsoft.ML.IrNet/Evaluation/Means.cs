namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>Means that leave out what is not defined.</summary>
internal static class Means
{
    /// <summary>The mean of the values that are numbers; NaN where none is.</summary>
    public static double OfNumbers(IEnumerable<double> values)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in values)
            if (!double.IsNaN(value))
                (sum, count) = (sum + value, count + 1);
        return sum / count;
    }
}
