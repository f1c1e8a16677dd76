namespace Microsoft.ML.IrNet.Estimators;

/// <summary>The options of each part of a labelling chain.</summary>
public sealed record LabellerOptions
{
    /// <summary>Class activation maps.</summary>
    public CamTransformerOptions Cam { get; init; } = new();

    /// <summary>Class boundaries and displacement fields.</summary>
    public IrNetTransformerOptions IrNet { get; init; } = new();

    /// <summary>Instance pseudo labels.</summary>
    public InstancePseudoLabelOptions Instances { get; init; } = new();

    /// <summary>Semantic pseudo labels.</summary>
    public SemanticPseudoLabelOptions Semantic { get; init; } = new();
}
