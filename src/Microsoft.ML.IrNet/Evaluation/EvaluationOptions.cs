namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>What <see cref="LabelEvaluation"/> measures.</summary>
public sealed record EvaluationOptions
{
    /// <summary>Names of the photographs on which instances are measured (VOC's train_inst list); null means all. Semantic maps are measured on all.</summary>
    public IReadOnlySet<string>? InstanceNames { get; init; }
}
