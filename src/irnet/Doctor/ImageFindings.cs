using SkiaSharp;

namespace IrNetTool.Doctor;

/// <summary>Whether the library that decodes photographs loads.</summary>
internal static class ImageFindings
{
    public static IEnumerable<Finding> Examine()
    {
        Finding found;
        try
        {
            using var bitmap = new SKBitmap(1, 1);
            found = new Finding("SkiaSharp's native library", "loads");
        }
        catch (Exception error) when (error is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            string reason = (error.InnerException ?? error).Message.Split('\n')[0].Trim();
            found = new Finding("SkiaSharp's native library", $"does not load ({reason})", FindingKind.Problem, "photographs cannot be read without it; add the package SkiaSharp.NativeAssets.Linux.NoDependencies on Linux, SkiaSharp.NativeAssets.Win32 or .macOS elsewhere");
        }
        return [found];
    }
}
