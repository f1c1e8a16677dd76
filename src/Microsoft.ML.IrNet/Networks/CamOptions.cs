namespace Microsoft.ML.IrNet.Networks;

/// <summary>How class activation maps are computed. The defaults are the published ones.</summary>
public sealed record CamOptions
{
    /// <summary>The scales whose maps are added up; each above 0, at least one.</summary>
    public IReadOnlyList<float> Scales { get; init; } = [1f, 0.5f, 1.5f, 2f];

    /// <summary>Whether the maps of the mirrored image are added.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>
    /// The most pixels of an enlarged photograph, at least 1. A scale that would give more is lowered to fit, which <see cref="ClassActivation.Scales"/> tells.
    /// ResNet-50 needs about 190 bytes a pixel: the default, enough for a 12 megapixel photograph at scale 2, means a peak of 9.5 GB.
    /// </summary>
    public long MaximumPixels { get; init; } = 50_000_000;

    internal void Validate()
    {
        if (Scales is not { Count: > 0 })
            throw new OptionException(nameof(Scales), "there is no scale; give at least one, such as 1.");
        foreach (float scale in Scales)
            if (!float.IsFinite(scale) || scale <= 0)
                throw new OptionException(nameof(Scales), $"{scale} is no scale; give values above 0.");
        if (MaximumPixels < 1)
            throw new OptionException(nameof(MaximumPixels), $"{MaximumPixels} leaves nothing of a photograph; use 1 or more.");
    }
}
