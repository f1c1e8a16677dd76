using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Labelling;

/// <summary>How class activation maps become the labels that the IRNet learns from. The defaults are the published ones.</summary>
public sealed record InterPixelLabelOptions
{
    /// <summary>A pixel is surely an object where its activation exceeds this; 0 to 1.</summary>
    public float ForegroundThreshold { get; init; } = 0.30f;

    /// <summary>A pixel is surely background where every activation is at most this; 0 to 1, not above the foreground threshold.</summary>
    public float BackgroundThreshold { get; init; } = 0.05f;

    /// <summary>The CRF that refines both decisions.</summary>
    public DenseCrfOptions Crf { get; init; } = new();

    internal void Validate()
    {
        if (!(ForegroundThreshold is >= 0 and <= 1))
            throw new OptionException(nameof(ForegroundThreshold), $"{ForegroundThreshold} is out of range; give 0 to 1.");
        if (!(BackgroundThreshold >= 0 && BackgroundThreshold <= ForegroundThreshold))
            throw new OptionException(nameof(BackgroundThreshold),
                $"{BackgroundThreshold} is out of range; give at least 0 and at most the foreground threshold {ForegroundThreshold}.");
        Crf.Validate();
    }
}
