namespace Microsoft.ML.IrNet.Weights;

/// <summary>A name out of a Python module, as a pickle refers to it: <c>torch.FloatStorage</c>. Nothing is imported.</summary>
internal sealed record PickleGlobal(string Name);
