namespace Microsoft.ML.IrNet.Evaluation;

/// <summary>How well instances are told apart, by what the truth of a photograph holds.</summary>
/// <param name="OneInstance">Photographs with exactly one object.</param>
/// <param name="SeveralInstances">Photographs with two objects or more.</param>
/// <param name="ClassRepeats">Photographs with two objects or more of one class.</param>
public sealed record InstanceSplit(SplitResult OneInstance, SplitResult SeveralInstances, SplitResult ClassRepeats);
