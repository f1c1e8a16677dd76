using Microsoft.ML.IrNet.Masks;

namespace Microsoft.ML.IrNet.Segmentation.Detection;

/// <summary>
/// Boxes as offsets from a reference box (R-CNN, appendix C): the way of the centre in sizes of the reference and the logarithms of the ratios of the sizes, each
/// times a weight, which brings what a network has to predict to about the same spread.
/// </summary>
/// <param name="X">Weight of the horizontal way.</param>
/// <param name="Y">Weight of the vertical way.</param>
/// <param name="Width">Weight of the logarithm of the width.</param>
/// <param name="Height">Weight of the logarithm of the height.</param>
internal readonly record struct BoxCoder(float X, float Y, float Width, float Height)
{
    // A prediction may make a box up to 1000 / 16 times as large as its reference.
    private static readonly float LargestLogarithm = (float)Math.Log(1000.0 / 16);

    /// <summary>From anchors to proposals.</summary>
    public static BoxCoder Proposals => new(1, 1, 1, 1);

    /// <summary>From proposals to detections.</summary>
    public static BoxCoder Refinements => new(10, 10, 5, 5);

    /// <summary>The offsets that lead from a reference to the truth.</summary>
    /// <param name="truth">A box with sides above 0.</param>
    /// <param name="reference">A box with sides above 0.</param>
    /// <param name="code">Receives x, y, width, height.</param>
    public void Encode(BoundingBox truth, BoundingBox reference, Span<float> code)
    {
        code[0] = X * (CentreX(truth) - CentreX(reference)) / reference.Width;
        code[1] = Y * (CentreY(truth) - CentreY(reference)) / reference.Height;
        code[2] = Width * MathF.Log(truth.Width / reference.Width);
        code[3] = Height * MathF.Log(truth.Height / reference.Height);
    }

    /// <summary>The box that offsets from a reference lead to.</summary>
    /// <param name="code">x, y, width, height.</param>
    /// <param name="reference">The reference.</param>
    public BoundingBox Decode(ReadOnlySpan<float> code, BoundingBox reference)
    {
        float x = code[0] / X * reference.Width + CentreX(reference);
        float y = code[1] / Y * reference.Height + CentreY(reference);
        float halfWidth = 0.5f * (MathF.Exp(MathF.Min(code[2] / Width, LargestLogarithm)) * reference.Width);
        float halfHeight = 0.5f * (MathF.Exp(MathF.Min(code[3] / Height, LargestLogarithm)) * reference.Height);
        return new BoundingBox(x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight);
    }

    private static float CentreX(BoundingBox box) => box.X0 + 0.5f * box.Width;

    private static float CentreY(BoundingBox box) => box.Y0 + 0.5f * box.Height;
}
