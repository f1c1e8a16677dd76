namespace Microsoft.ML.IrNet.Runs;

/// <summary>How many pixels the interpixel labels decide, and how often they are right. Shares of pixels, 0 to 1.</summary>
/// <param name="Background">Labelled background.</param>
/// <param name="Foreground">Labelled with a class.</param>
/// <param name="Ignored">Left undecided.</param>
/// <param name="BackgroundPrecision">Of those labelled background, those that are; NaN where none is.</param>
/// <param name="ForegroundPrecision">Of those labelled with a class, those of that class; NaN where none is.</param>
public sealed record InterPixelQuality(
    double Background, double Foreground, double Ignored, double BackgroundPrecision, double ForegroundPrecision);
