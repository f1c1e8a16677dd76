using Microsoft.ML.IrNet.Estimators;

namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>The columns that instance segmentation is measured on. The defaults are those of <c>LoadLabels</c> and of the transformers.</summary>
public sealed record InstanceSegmentationColumns
{
    /// <summary>The class of each drawn instance: a vector of Key&lt;UInt32&gt; with KeyValues, which are the classes of the result.</summary>
    public string LabelColumnName { get; init; } = ColumnNames.Label;

    /// <summary>x0, y0, x1, y1 of each drawn instance; where the data has no such column, boxes are those of the masks.</summary>
    public string BoundingBoxesColumnName { get; init; } = ColumnNames.BoundingBoxes;

    /// <summary>The mask of each drawn instance, COCO's compressed run lengths.</summary>
    public string MasksColumnName { get; init; } = ColumnNames.Masks;

    /// <summary>The class of each found instance: a vector of Key&lt;UInt32&gt; with KeyValues, whose order may be another one.</summary>
    public string PredictedLabelColumnName { get; init; } = ColumnNames.PredictedLabel;

    /// <summary>x0, y0, x1, y1 of each found instance; where the data has no such column, boxes are those of the masks.</summary>
    public string PredictedBoundingBoxesColumnName { get; init; } = ColumnNames.PredictedBoundingBoxes;

    /// <summary>The mask of each found instance, COCO's compressed run lengths.</summary>
    public string PredictedMasksColumnName { get; init; } = ColumnNames.PredictedMasks;

    /// <summary>The score of each found instance; only its order matters.</summary>
    public string ScoreColumnName { get; init; } = ColumnNames.Score;

    /// <summary>Height and width of the photograph, which run lengths do not state: Vector&lt;Int32, 2&gt;.</summary>
    public string ImageSizeColumnName { get; init; } = ColumnNames.ImageSize;

    /// <summary>The photograph, which is decoded for its size where the data has no column <see cref="ImageSizeColumnName"/>.</summary>
    public string ImageColumnName { get; init; } = ColumnNames.Image;

    internal InstanceColumnOptions Drawn => new(LabelColumnName, MasksColumnName) { BoundingBoxesColumnName = BoundingBoxesColumnName };

    internal InstanceColumnOptions Found => new(PredictedLabelColumnName, PredictedMasksColumnName)
    {
        BoundingBoxesColumnName = PredictedBoundingBoxesColumnName,
        ScoreColumnName = ScoreColumnName,
        AreFound = true,
    };
}
