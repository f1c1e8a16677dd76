using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>How class activation maps are learned and computed. The defaults are the published ones.</summary>
public sealed record CamEstimatorOptions : CamTransformerOptions
{
    /// <summary>Rounds over all photographs, whatever number of steps <see cref="Training"/> has; null for the recipe's.</summary>
    public int? Epochs { get; init; }

    /// <summary>Photographs in a step; null for the recipe's.</summary>
    public int? BatchSize { get; init; }

    /// <summary>
    /// The rest of the recipe; <see cref="CamTrainingOptions.For"/> the number of rows where null. Its seed and device are those of the MLContext, whatever is set here.
    /// </summary>
    public CamTrainingOptions? Training { get; init; }

    /// <summary>The backbone's shape. Not used where <see cref="CustomBackbone"/> is given.</summary>
    public ResNetOptions Backbone { get; init; } = new();

    /// <summary>
    /// The weights to start from: a safetensors or .pth file, the name of a known source, or null for random weights. <see cref="BackboneSource.ImageNet"/>, the
    /// default, is torchvision's for the backbone's depth, downloaded once into the user's cache. Not used where <see cref="CustomBackbone"/> is given.
    /// </summary>
    public string? BackboneWeights { get; init; } = BackboneSource.ImageNet;

    /// <summary>
    /// Makes a backbone of one's own, with its weights. Its model saves and loads when the class is public and has a public constructor without parameters.
    /// </summary>
    public Func<Backbone>? CustomBackbone { get; init; }

    /// <summary>How many of the backbone's five stages keep the weights they start with; 3 as published, 0 for a backbone trained from scratch.</summary>
    public int FrozenStages { get; init; } = 3;

    /// <summary>Ends Fit early, with the model as far as it got.</summary>
    public CancellationToken Cancellation { get; init; }
}
