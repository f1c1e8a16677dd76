namespace Microsoft.ML.IrNet.Estimators;

/// <summary>How semantic maps are made from class activation maps and boundaries. The defaults are the published ones.</summary>
public sealed record SemanticPseudoLabelOptions : PseudoLabelColumnOptions
{
    /// <summary>Output: the class of each pixel, [height, width].</summary>
    public string SemanticMapColumnName { get; init; } = ColumnNames.SemanticMap;
}
