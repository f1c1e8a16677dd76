namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>What work of one size took.</summary>
/// <param name="Size">Megapixels or photographs.</param>
/// <param name="Seconds">Of the clock.</param>
/// <param name="PeakMB">The most that the process held.</param>
internal sealed record GrowthPoint(double Size, double Seconds, double PeakMB);
