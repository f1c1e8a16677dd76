namespace Microsoft.ML.IrNet.Labelling;

/// <summary>The unary term of a dense CRF that refines labels which are already chosen.</summary>
internal static class LabelEnergies
{
    // The probability that the CRF gives the label that was chosen.
    private const float Confidence = 0.7f;

    /// <summary>Negative logarithms of probabilities, [fields, labels, pixels].</summary>
    /// <param name="fields">The chosen label of each pixel, for each field.</param>
    /// <param name="labels">How many labels there are, at least 2.</param>
    public static float[] Of(byte[][] fields, int labels)
    {
        int pixels = fields[0].Length;
        var energies = new float[fields.Length * labels * pixels];
        Array.Fill(energies, -MathF.Log((1 - Confidence) / (labels - 1)));
        for (int field = 0; field < fields.Length; field++)
            for (int i = 0; i < pixels; i++)
                energies[(field * labels + fields[field][i]) * pixels + i] = -MathF.Log(Confidence);
        return energies;
    }
}
