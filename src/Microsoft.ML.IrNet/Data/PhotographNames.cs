namespace Microsoft.ML.IrNet.Data;

/// <summary>Names photographs after their files.</summary>
internal static class PhotographNames
{
    /// <summary>One name for each file: without folder and extension where that tells all of them apart, else without extension, else the whole relative path.</summary>
    /// <param name="files">Paths relative to the images' folder, with forward slashes.</param>
    public static IReadOnlyList<string> Assign(IReadOnlyList<string> files)
    {
        string[] names = [.. files.Select(file => Path.GetFileNameWithoutExtension(file))];
        if (!AllDiffer(names))
            names = [.. files.Select(file => Path.ChangeExtension(file, null))];
        return AllDiffer(names) ? names : files;
    }

    // Case is ignored because the names become files, on whatever file system.
    private static bool AllDiffer(string[] names) => names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length;
}
