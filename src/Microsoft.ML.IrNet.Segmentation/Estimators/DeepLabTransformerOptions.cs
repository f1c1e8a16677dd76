using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Segmentation.Networks;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>How DeepLab looks at photographs, and the column its maps are in.</summary>
public record DeepLabTransformerOptions
{
    /// <summary>Input: the photograph.</summary>
    public string ImageColumnName { get; init; } = ColumnNames.Image;

    /// <summary>Output: the class of each pixel, [height, width]: 0 background, class index + 1.</summary>
    public string SemanticMapColumnName { get; init; } = ColumnNames.SemanticMap;

    /// <summary>Scale, limits and CRF.</summary>
    public DeepLabInferenceOptions Inference { get; init; } = new();

    internal virtual void Validate() => Inference.Validate();
}
