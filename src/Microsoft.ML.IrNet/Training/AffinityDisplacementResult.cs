namespace Microsoft.ML.IrNet.Training;

/// <summary>The losses of a batch and their gradients.</summary>
public sealed record AffinityDisplacementResult : AffinityDisplacementLosses
{
    /// <summary>d <see cref="AffinityDisplacementLosses.Total"/> / d boundary logit, [batch, 1, rows, columns].</summary>
    public required float[] BoundaryGradient { get; init; }

    /// <summary>d <see cref="AffinityDisplacementLosses.Total"/> / d displacement, [batch, 2, rows, columns].</summary>
    public required float[] DisplacementGradient { get; init; }
}
