using System.Globalization;

namespace Microsoft.ML.IrNet.Rendering;

/// <summary>Shares as people read them.</summary>
internal static class Percentage
{
    /// <summary>A share of 0..1 in percent with one decimal; a dash for NaN.</summary>
    public static string Of(double share) => double.IsNaN(share) ? "-" : (100 * share).ToString("F1", CultureInfo.InvariantCulture);
}
