namespace Microsoft.ML.IrNet.Runs;

/// <summary>What a work folder says of the work that it was last used for.</summary>
/// <param name="Format">The version of the folder's files.</param>
/// <param name="Program">The version of this library that wrote it, for a message.</param>
/// <param name="Work">What is done in it, as its user calls it.</param>
/// <param name="Process">The process that works, or last worked, in it.</param>
/// <param name="Finished">Whether the work came to its end.</param>
/// <param name="Options">All that its outcome depends on, by name.</param>
internal sealed record WorkNote(int Format, string Program, string Work, int Process, bool Finished, SortedDictionary<string, string> Options)
{
    /// <summary>Whether nothing is missing; a note of a newer version may lack what this one knows, and is refused for its version.</summary>
    public bool IsWhole => Format > Files.FormatVersion.Current || (Work is not null && Options?.Values.All(value => value is not null) == true);
}
