namespace Microsoft.ML.IrNet.Data;

/// <summary>Looks class names up.</summary>
internal static class ClassNames
{
    private const int Listed = 30;

    /// <summary>The index of a class.</summary>
    /// <exception cref="DataSetException">There is no such class; the message lists those there are.</exception>
    public static int Require(IReadOnlyList<string> classes, string name, string source)
    {
        for (int index = 0; index < classes.Count; index++)
            if (classes[index] == name)
                return index;
        string known = string.Join(", ", classes.Take(Listed));
        throw new DataSetException(source, $"names the unknown class '{name}'; the classes are {known}{(classes.Count > Listed ? ", ..." : "")}.");
    }

    /// <summary>The first name that occurs a second time; null where all differ.</summary>
    public static string? Repeated(IEnumerable<string> names)
    {
        var seen = new HashSet<string>();
        return names.FirstOrDefault(name => !seen.Add(name));
    }
}
