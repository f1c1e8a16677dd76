namespace Microsoft.ML.IrNet.Estimators;

/// <summary>What an <see cref="IrNetTransformer"/> is apart from its weights, as it is saved.</summary>
internal sealed record IrNetSettings
{
    public required IrNetTransformerOptions Options { get; init; }

    public required BackboneRecipe Backbone { get; init; }
}
