using Microsoft.ML.IrNet.Estimators;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>What a <see cref="MaskRcnnTransformer"/> is apart from its weights, as it is saved.</summary>
internal sealed record MaskRcnnSettings
{
    public required MaskRcnnTransformerOptions Options { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required BackboneRecipe Backbone { get; init; }

    public required int Channels { get; init; }
}
