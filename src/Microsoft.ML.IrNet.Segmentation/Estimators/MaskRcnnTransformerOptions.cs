using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>How Mask R-CNN looks at photographs, and the columns its objects are in.</summary>
public record MaskRcnnTransformerOptions
{
    /// <summary>Input: the photograph.</summary>
    public string ImageColumnName { get; init; } = ColumnNames.Image;

    /// <summary>Output: the class of each object.</summary>
    public string PredictedLabelColumnName { get; init; } = ColumnNames.PredictedLabel;

    /// <summary>Output: how sure each object is, 0 to 1, descending.</summary>
    public string ScoreColumnName { get; init; } = ColumnNames.Score;

    /// <summary>Output: x0, y0, x1, y1 of each object in pixels.</summary>
    public string PredictedBoundingBoxesColumnName { get; init; } = ColumnNames.PredictedBoundingBoxes;

    /// <summary>Output: the mask of each object as COCO's compressed run lengths.</summary>
    public string PredictedMasksColumnName { get; init; } = ColumnNames.PredictedMasks;

    /// <summary>Sizes and thresholds.</summary>
    public MaskRcnnInferenceOptions Inference { get; init; } = new();

    internal virtual void Validate() => Inference.Validate();
}
