namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>The sources that the tests were built from.</summary>
public static class Repository
{
    /// <summary>The path of a file or folder of the sources; skips the test where they are not above the test's folder.</summary>
    public static string Require(params string[] parts)
    {
        DirectoryInfo? root = Find();
        Skip.If(root is null, "The tests do not run in the repository they were built from.");
        return Path.Combine([root!.FullName, .. parts]);
    }

    /// <summary>Its root; null where the tests were moved out of it.</summary>
    internal static DirectoryInfo? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Microsoft.ML.IrNet.sln")))
                return folder;
        return null;
    }
}
