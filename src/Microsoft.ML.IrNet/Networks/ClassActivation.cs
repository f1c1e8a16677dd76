namespace Microsoft.ML.IrNet.Networks;

/// <summary>The class activation maps of one photograph.</summary>
/// <param name="Height">Rows of the photograph.</param>
/// <param name="Width">Columns of the photograph.</param>
/// <param name="Rows">Rows of the maps: ceil(Height/4).</param>
/// <param name="Columns">Columns of the maps: ceil(Width/4).</param>
/// <param name="Tags">The 0-based classes that the maps are of, ascending; empty where the photograph has none.</param>
/// <param name="Cam">Maps [tags,Rows,Columns], each divided by its maximum + 1e-5, so in 0..1.</param>
/// <param name="FullResolution">Maps [tags,Height,Width], normalised in the same way; null where they were not asked for.</param>
/// <param name="ClassScore">The probability of every class of the network, whatever the tags.</param>
public sealed record ClassActivation(
    int Height, int Width, int Rows, int Columns, int[] Tags, float[] Cam, float[]? FullResolution, float[] ClassScore)
{
    /// <summary>The scales that were used, in the options' order: theirs, or less where the photograph is too large for one.</summary>
    public IReadOnlyList<float> Scales { get; init; } = [];
}
