using Microsoft.ML.IrNet.Numerics;

namespace Microsoft.ML.IrNet.Segmentation.Networks;

/// <summary>How DeepLab labels photographs.</summary>
public sealed record DeepLabInferenceOptions
{
    /// <summary>The length in pixels that a photograph's shorter side is scaled to, 520 as torchvision evaluates; 0 for its own size.</summary>
    public int ShorterSide { get; init; } = 520;

    /// <summary>
    /// The most pixels of a scaled photograph, at least 1; a larger one is scaled to fit. A dilated ResNet-50 of output stride 8 needs about 450 bytes a pixel:
    /// the default means a peak of 3.6 GB.
    /// </summary>
    public long MaximumPixels { get; init; } = 8_000_000;

    /// <summary>
    /// The dense CRF that draws labels to the photograph's edges, as DeepLab-v2 has it; null, the default, for none. It works at the photograph's own size, and
    /// needs some 40 bytes for each label of each pixel.
    /// </summary>
    public DenseCrfOptions? Crf { get; init; }

    internal void Validate()
    {
        if (ShorterSide < 0)
            throw new OptionException(nameof(ShorterSide), $"is {ShorterSide}; it must be at least 1, or 0 for the photograph's own size.");
        if (MaximumPixels < 1)
            throw new OptionException(nameof(MaximumPixels), $"is {MaximumPixels}, which leaves nothing of a photograph; use 1 or more.");
        Crf?.Validate();
    }

    /// <summary>What a photograph is scaled by.</summary>
    internal double Scale(int height, int width)
    {
        double wanted = ShorterSide == 0 ? 1 : (double)ShorterSide / Math.Min(height, width);
        return Math.Min(wanted, Math.Sqrt(MaximumPixels / ((double)height * width)));
    }
}
