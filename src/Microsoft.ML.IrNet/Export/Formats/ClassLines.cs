namespace Microsoft.ML.IrNet.Export.Formats;

/// <summary>Files that list classes, one a line.</summary>
internal static class ClassLines
{
    /// <summary>Refuses names that would not be read back as they are.</summary>
    /// <param name="classes">The names, which hold no control characters.</param>
    /// <param name="file">The file they are to stand in.</param>
    /// <param name="marks">Characters that mean something there.</param>
    /// <exception cref="DataSetException">A name has one of them, or white space around it.</exception>
    public static void Require(IReadOnlyList<string> classes, string file, params char[] marks)
    {
        if (classes.FirstOrDefault(name => name.Trim() != name || name.IndexOfAny(marks) >= 0) is { } odd)
            throw new DataSetException(file, $"cannot hold the class '{odd}': white space around a name{string.Concat(marks.Select(mark => $" and '{mark}'"))} mean something else there; rename the class.");
    }
}
