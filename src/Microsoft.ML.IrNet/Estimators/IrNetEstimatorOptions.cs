using Microsoft.ML.IrNet.Labelling;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>How class boundaries and displacement fields are learned and computed. The defaults are the published ones.</summary>
public sealed record IrNetEstimatorOptions : IrNetTransformerOptions
{
    /// <summary>Input of Fit: the tags that the maps are of.</summary>
    public string TagsColumnName { get; init; } = ColumnNames.Tags;

    /// <summary>Input of Fit: class activation maps at the photograph's size, [tags, height, width], as <see cref="CamTransformer"/> puts them out.</summary>
    public string CamFullResolutionColumnName { get; init; } = ColumnNames.CamFullResolution;

    /// <summary>Rounds over all photographs, whatever number of steps <see cref="Training"/> has, and as published where that is null; null for <see cref="Training"/>'s.</summary>
    public int? Epochs { get; init; }

    /// <summary>Photographs in a step; null for <see cref="Training"/>'s.</summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// The rest of the recipe; <see cref="IrNetTrainingOptions.For"/> the number of rows where null. Its seed and device are those of the MLContext, whatever is set here.
    /// </summary>
    public IrNetTrainingOptions? Training { get; init; }

    /// <summary>How interpixel labels are made of class activation maps.</summary>
    public InterPixelLabelOptions Labels { get; init; } = new();

    /// <summary>The backbone's shape. Not used where <see cref="CustomBackbone"/> is given.</summary>
    public ResNetOptions Backbone { get; init; } = new();

    /// <summary>
    /// The backbone's weights, which never change: a safetensors or .pth file, the name of a known source, or null for random weights.
    /// <see cref="BackboneSource.ImageNet"/>, the default, is torchvision's for the backbone's depth, downloaded once into the user's cache.
    /// Not used where <see cref="CustomBackbone"/> is given.
    /// </summary>
    public string? BackboneWeights { get; init; } = BackboneSource.ImageNet;

    /// <summary>
    /// Makes a backbone of one's own, with its weights. Its model saves and loads when the class is public and has a public constructor without parameters.
    /// </summary>
    public Func<Backbone>? CustomBackbone { get; init; }

    /// <summary>Ends Fit early, with the model as far as it got.</summary>
    public CancellationToken Cancellation { get; init; }
}
