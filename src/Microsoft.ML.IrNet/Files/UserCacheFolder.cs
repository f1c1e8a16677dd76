namespace Microsoft.ML.IrNet.Files;

/// <summary>Where this library keeps what it can make or fetch again for the current user.</summary>
internal static class UserCacheFolder
{
    /// <summary>
    /// <c>irnet</c> below XDG_CACHE_HOME or <c>~/.cache</c> on Linux, <c>~/Library/Caches</c> on macOS and the local application data on Windows;
    /// null where the user has no such folder. The folder need not exist.
    /// </summary>
    public static string? Path
    {
        get
        {
            string? root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (OperatingSystem.IsWindows() || string.IsNullOrEmpty(root) || !System.IO.Path.IsPathRooted(root))
                root = PlatformRoot();
            return root is null ? null : System.IO.Path.Combine(root, "irnet");
        }
    }

    private static string? PlatformRoot()
    {
        var folder = OperatingSystem.IsWindows() ? Environment.SpecialFolder.LocalApplicationData : Environment.SpecialFolder.UserProfile;
        string root = Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify);
        if (root.Length == 0)
            return null;
        return OperatingSystem.IsWindows() ? root
            : OperatingSystem.IsMacOS() ? System.IO.Path.Combine(root, "Library", "Caches")
            : System.IO.Path.Combine(root, ".cache");
    }
}
