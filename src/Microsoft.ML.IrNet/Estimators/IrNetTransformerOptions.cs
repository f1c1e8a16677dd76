using Microsoft.ML.IrNet.Networks;

namespace Microsoft.ML.IrNet.Estimators;

/// <summary>How class boundaries and displacement fields are computed, and the columns they are in. The defaults are the published ones.</summary>
public record IrNetTransformerOptions
{
    /// <summary>Input: the photograph.</summary>
    public string ImageColumnName { get; init; } = ColumnNames.Image;

    /// <summary>Output: the probability of a class boundary, [rows, columns].</summary>
    public string BoundaryColumnName { get; init; } = ColumnNames.Boundary;

    /// <summary>Output: the displacement field, [2 (dy, dx), rows, columns].</summary>
    public string DisplacementColumnName { get; init; } = ColumnNames.Displacement;

    /// <summary>The canvas of inference.</summary>
    public IrNetInferenceOptions Maps { get; init; } = new();
}
