namespace Microsoft.ML.IrNet.Tests.Estimators;

/// <summary>What a chain puts out for a photograph.</summary>
public sealed class LabelledRow
{
    public uint[] Tags { get; set; } = [];

    public int[] ImageSize { get; set; } = [];

    public int[] MapSize { get; set; } = [];

    public float[] Cam { get; set; } = [];

    public float[] ClassScore { get; set; } = [];

    public float[] Boundary { get; set; } = [];

    public float[] Displacement { get; set; } = [];

    public uint[] PredictedLabel { get; set; } = [];

    public float[] Score { get; set; } = [];

    public float[] PredictedBoundingBoxes { get; set; } = [];

    public string[] PredictedMasks { get; set; } = [];

    public byte[] SemanticMap { get; set; } = [];
}
