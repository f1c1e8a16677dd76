namespace Microsoft.ML.IrNet.Estimators;

/// <summary>How instances are found from class activation maps, boundaries and displacements. The defaults are the published ones.</summary>
public sealed record InstancePseudoLabelOptions : PseudoLabelColumnOptions
{
    /// <summary>Output: the class of each instance.</summary>
    public string PredictedLabelColumnName { get; init; } = ColumnNames.PredictedLabel;

    /// <summary>Output: the score of each instance.</summary>
    public string ScoreColumnName { get; init; } = ColumnNames.Score;

    /// <summary>Output: x0, y0, x1, y1 of each instance.</summary>
    public string PredictedBoundingBoxesColumnName { get; init; } = ColumnNames.PredictedBoundingBoxes;

    /// <summary>Output: the mask of each instance, COCO's compressed run lengths.</summary>
    public string PredictedMasksColumnName { get; init; } = ColumnNames.PredictedMasks;
}
