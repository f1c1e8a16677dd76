namespace Microsoft.ML.IrNet.Runs;

/// <summary>What the work folder says of a stage.</summary>
/// <param name="Fingerprint">Of its options and those of the stages before it.</param>
/// <param name="Done">Whether it came to its end.</param>
/// <param name="Seconds">How long it has worked.</param>
/// <param name="Skipped">Photographs left out up to its end.</param>
internal sealed record StageNote(string Fingerprint, bool Done, double Seconds, IReadOnlyCollection<SkippedPhotograph> Skipped);
