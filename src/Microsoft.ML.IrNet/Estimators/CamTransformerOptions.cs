using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>How class activation maps are computed, and the columns they are in. The defaults are the published ones.</summary>
public record CamTransformerOptions
{
    /// <summary>Input: the photograph.</summary>
    public string ImageColumnName { get; init; } = ColumnNames.Image;

    /// <summary>
    /// Input and output: the image-level labels. The input may lack it when labelling; the output holds the tags that the maps are of, in the model's order of
    /// classes, which for a row without tags are the classes whose probability reaches <see cref="TagThreshold"/>.
    /// </summary>
    public string TagsColumnName { get; init; } = ColumnNames.Tags;

    /// <summary>Output: height and width of the photograph.</summary>
    public string ImageSizeColumnName { get; init; } = ColumnNames.ImageSize;

    /// <summary>Output: rows and columns of the maps.</summary>
    public string MapSizeColumnName { get; init; } = ColumnNames.MapSize;

    /// <summary>Output: the maps, [tags, rows, columns].</summary>
    public string CamColumnName { get; init; } = ColumnNames.Cam;

    /// <summary>Output: the maps at the photograph's size, [tags, height, width]. Computed only where it is asked for, as <see cref="IrNetEstimator"/> does when it learns.</summary>
    public string CamFullResolutionColumnName { get; init; } = ColumnNames.CamFullResolution;

    /// <summary>Output: the probability of each class.</summary>
    public string ClassScoreColumnName { get; init; } = ColumnNames.ClassScore;

    /// <summary>Scales and flips of inference.</summary>
    public CamOptions Maps { get; init; } = new();

    /// <summary>A class serves as a tag of a row without tags when its probability reaches this; 0 to 1.</summary>
    public float TagThreshold { get; init; } = 0.5f;

    internal void Validate()
    {
        if (TagThreshold is not (>= 0 and <= 1))
            throw new OptionException(nameof(TagThreshold), $"is {TagThreshold}; it must be from 0 to 1.");
    }
}
