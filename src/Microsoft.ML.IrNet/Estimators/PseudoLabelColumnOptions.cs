using Microsoft.ML.IrNet.Labelling;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What both pseudo labels are made of, and how.</summary>
public abstract record PseudoLabelColumnOptions
{
    /// <summary>Input: the tags that the class activation maps are of.</summary>
    public string TagsColumnName { get; init; } = ColumnNames.Tags;

    /// <summary>Input: height and width of the photograph.</summary>
    public string ImageSizeColumnName { get; init; } = ColumnNames.ImageSize;

    /// <summary>Input: rows and columns of the maps.</summary>
    public string MapSizeColumnName { get; init; } = ColumnNames.MapSize;

    /// <summary>Input: class activation maps, [tags, rows, columns].</summary>
    public string CamColumnName { get; init; } = ColumnNames.Cam;

    /// <summary>Input: the probability of a class boundary, [rows, columns].</summary>
    public string BoundaryColumnName { get; init; } = ColumnNames.Boundary;

    /// <summary>Input: the displacement field, [2 (dy, dx), rows, columns].</summary>
    public string DisplacementColumnName { get; init; } = ColumnNames.Displacement;

    /// <summary>Input, where <see cref="PseudoLabelOptions.Crf"/> is set: the photograph.</summary>
    public string ImageColumnName { get; init; } = ColumnNames.Image;

    /// <summary>Thresholds, centroids and random walk. Two transformers in a row with equal ones share one walk.</summary>
    public PseudoLabelOptions Labels { get; init; } = new();
}
