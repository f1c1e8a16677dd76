namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>The folder of development data beside the repository, or where IRNET_SHARED points. Tests use [SkippableFact] and are skipped where it is missing.</summary>
public static class SharedFolder
{
    public static string? Root { get; } = Find();

    /// <summary>The path below the shared folder; skips the test where it does not exist.</summary>
    public static string Require(params string[] parts)
    {
        Skip.If(Root is null, "The shared folder is not beside the repository; set IRNET_SHARED to run this test.");
        string path = Path.Combine([Root!, .. parts]);
        Skip.IfNot(Path.Exists(path), $"The shared folder has no {Path.Combine(parts)}.");
        return path;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("IRNET_SHARED") is { Length: > 0 } given)
            return given;
        return Repository.Find() is { Parent: { } parent } && Directory.Exists(Path.Combine(parent.FullName, "shared", "golden"))
            ? Path.Combine(parent.FullName, "shared")
            : null;
    }
}
