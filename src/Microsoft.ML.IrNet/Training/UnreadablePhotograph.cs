namespace Microsoft.ML.IrNet.Training;

/// <summary>A photograph that was left out of a run because it could not be read.</summary>
/// <param name="Name">The photograph, as <see cref="IPhotographSource.Name"/> gives it.</param>
/// <param name="Error">Why.</param>
public sealed record UnreadablePhotograph(string Name, Exception Error);
