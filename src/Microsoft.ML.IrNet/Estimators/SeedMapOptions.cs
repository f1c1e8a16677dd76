namespace Microsoft.ML.IrNet.Estimators;

/// <summary>Columns of class activation maps of another model, which take the place of those of <see cref="CamEstimator"/>.</summary>
public sealed record SeedMapOptions
{
    /// <summary>Input: the photograph.</summary>
    public string ImageColumnName { get; init; } = ColumnNames.Image;

    /// <summary>Input: the tags that the maps are of, in the order of the maps.</summary>
    public string TagsColumnName { get; init; } = ColumnNames.Tags;

    /// <summary>Input: the maps, [tags or classes, rows, columns], of any size: a vector of Single.</summary>
    public string SeedsColumnName { get; init; } = ColumnNames.Seeds;

    /// <summary>Input: how many maps, rows and columns: Vector&lt;Int32, 3&gt;.</summary>
    public string SeedShapeColumnName { get; init; } = ColumnNames.SeedShape;

    /// <summary>Output: height and width of the photograph.</summary>
    public string ImageSizeColumnName { get; init; } = ColumnNames.ImageSize;

    /// <summary>Output: rows and columns of the maps.</summary>
    public string MapSizeColumnName { get; init; } = ColumnNames.MapSize;

    /// <summary>Output: the maps, [tags, rows, columns].</summary>
    public string CamColumnName { get; init; } = ColumnNames.Cam;

    /// <summary>Output: the maps at the photograph's size, [tags, height, width].</summary>
    public string CamFullResolutionColumnName { get; init; } = ColumnNames.CamFullResolution;
}
