namespace Microsoft.ML.IrNet.Runs;

/// <summary>What the work folder says of a stage.</summary>
/// <param name="Fingerprint">Of its options and those of the stages before it.</param>
/// <param name="Done">Whether it came to its end.</param>
/// <param name="Seconds">How long it has worked.</param>
/// <param name="Skipped">Photographs left out up to its end.</param>
internal sealed record StageNote(string Fingerprint, bool Done, double Seconds, IReadOnlyCollection<SkippedPhotograph> Skipped)
{
    private const double Centuries = 1e10;

    /// <summary>Whether nothing is missing, and the time is one.</summary>
    public bool IsWhole =>
        Fingerprint is not null && Seconds is >= 0 and < Centuries && Skipped?.All(photograph => photograph is { Name: not null, Reason: not null }) == true;
}
