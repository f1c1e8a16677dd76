namespace Microsoft.ML.IrNet.Runs;

/// <summary>A photograph that was left out of a run.</summary>
/// <param name="Name">Its name in the data set.</param>
/// <param name="Reason">The error it gave.</param>
public sealed record SkippedPhotograph(string Name, string Reason);
