using System.Diagnostics;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>A browser without window, for pages that have to work in one.</summary>
internal static class Chromium
{
    private static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static void Require() => Skip.If(Program is null, "No chromium, chromium-browser or google-chrome is on the PATH; install one to test pages in a browser.");

    /// <summary>Opens a page and waits until its scripts are done.</summary>
    /// <param name="page">The HTML file.</param>
    /// <param name="address">What stands behind the # of the address.</param>
    /// <returns>The document as it then is, and what it wrote to the console.</returns>
    public static async Task<(string Document, string Console)> Open(string page, string address)
    {
        using var profile = new TemporaryFolder();
        using Process browser = Process.Start(new ProcessStartInfo(Program!,
        [
            "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={profile.Root}", "--enable-logging=stderr", "--log-level=0", "--virtual-time-budget=10000",
            "--dump-dom", $"file://{page}#{address}",
        ])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> document = browser.StandardOutput.ReadToEndAsync(), log = browser.StandardError.ReadToEndAsync();
        await browser.WaitForExitAsync();
        return (await document, string.Join('\n', (await log).Split('\n').Where(line => line.Contains(":CONSOLE", StringComparison.Ordinal))));
    }
}
