using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Networks;
using Microsoft.ML.IrNet.Segmentation.Networks;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>What a <see cref="DeepLabTransformer"/> is apart from its weights, as it is saved.</summary>
internal sealed record DeepLabSettings
{
    public required DeepLabTransformerOptions Options { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required BackboneRecipe Backbone { get; init; }

    public required DeepLabHead Head { get; init; }

    public required bool Auxiliary { get; init; }

    public required Normalisation HeadNormalisation { get; init; }
}
