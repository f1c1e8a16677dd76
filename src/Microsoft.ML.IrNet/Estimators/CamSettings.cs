namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What a <see cref="CamTransformer"/> is apart from its weights, as it is saved.</summary>
internal sealed record CamSettings
{
    public required CamTransformerOptions Options { get; init; }

    public required IReadOnlyList<string> Classes { get; init; }

    public required BackboneRecipe Backbone { get; init; }

    public required int FrozenStages { get; init; }
}
