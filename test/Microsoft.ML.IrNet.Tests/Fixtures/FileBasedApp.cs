using System.Diagnostics;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>Runs apps of one file with the SDK, in the configuration of the tests.</summary>
internal static class FileBasedApp
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>Runs an app and gives what it prints; fails the test where it does not end with 0.</summary>
    /// <param name="file">The app.</param>
    /// <param name="arguments">Its own arguments.</param>
    public static async Task<string> Run(string file, params string[] arguments)
    {
        // The projects it references were built for the tests, which have them loaded: another build must not write them.
        var start = new ProcessStartInfo("dotnet", ["run", "--configuration", Configuration, "--property", "BuildProjectReferences=false", file, "--", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{await output}\n{await errors}");
        return await output;
    }
}
