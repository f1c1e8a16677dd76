using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Microsoft.ML.IrNet.Files;
using TorchSharp;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>
/// Loads torch's native library. TorchSharp 0.107 demands the symbol version GLIBCXX_3.4.32 (GCC 13.2) without using any symbol of it, so distributions with an
/// older libstdc++, Debian 12 among them, refuse it; there a private copy that demands it weakly is loaded in its place.
/// </summary>
public static class NativeTorch
{
    private const string Library = "LibTorchSharp";
    private const string LibraryFile = "libLibTorchSharp.so";

    /// <summary>The symbol version that TorchSharp's library demands without using it.</summary>
    public const string UnusedVersion = "GLIBCXX_3.4.32";

    private static readonly string[] _backend = ["c10", "torch_cpu", "torch"];

    private static TorchBackendException? _problem;

    /// <summary>The copy that was loaded in the place of TorchSharp's own library; null where that loads as it is, or nothing has been loaded yet.</summary>
    public static string? PrivateCopy { get; private set; }

    /// <summary>Makes sure that torch can be used.</summary>
    /// <exception cref="TorchBackendException">The native library is missing or cannot be loaded; the message names the package to add.</exception>
    public static void Require()
    {
        Assembly torchSharp = typeof(torch).Assembly;
        NativeLibrary.TryLoad("torch_cpu", torchSharp, null, out _);
        if (NativeLibrary.TryLoad(Library, torchSharp, null, out _))
            return;
        throw _problem ?? new TorchBackendException(Library,
            $"torch's native library was not found or could not be loaded; add one backend package to the program: {Package()}.");
    }

    [ModuleInitializer]
    internal static void Hook()
    {
        if (OperatingSystem.IsLinux())
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
    }

    private static string Package() =>
        OperatingSystem.IsLinux() ? "libtorch-cpu-linux-x64 (CPU) or TorchSharp-cuda-linux (NVIDIA GPU)"
        : OperatingSystem.IsWindows() ? "TorchSharp-cpu (CPU) or TorchSharp-cuda-windows (NVIDIA GPU)"
        : "TorchSharp-cpu";

    // The runtime asks here only after its own search failed, so nothing changes where the library loads as it is.
    [SupportedOSPlatform("linux")]
    private static nint Resolve(Assembly assembly, string name)
    {
        if (name != Library || assembly != typeof(torch).Assembly)
            return 0;
        string? original = SearchFolders(assembly).Select(folder => Path.Combine(folder, LibraryFile)).FirstOrDefault(File.Exists);
        // The copy does not lie beside these any more; once loaded they are found by their names.
        bool backend = _backend.All(needed => NativeLibrary.TryLoad(needed, assembly, null, out _));
        if (original is null || !backend)
            return 0;
        try
        {
            if (CopyWithoutUnusedVersion(original) is not { } copy || !NativeLibrary.TryLoad(copy, out nint handle))
                return 0;
            PrivateCopy = copy;
            return handle;
        }
        catch (TorchBackendException error)
        {
            _problem = error;
            return 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException or OutputException)
        {
            _problem = new TorchBackendException(original, $"could not be prepared for this system's libstdc++ ({error.Message}).", error);
            return 0;
        }
    }

    private static IEnumerable<string> SearchFolders(Assembly torchSharp)
    {
        string[] known = (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        string below = Path.Combine("runtimes", "linux-x64", "native");
        foreach (string folder in known)
            yield return folder;
        foreach (string folder in new[] { AppContext.BaseDirectory, Path.GetDirectoryName(torchSharp.Location) ?? "" })
        {
            yield return folder;
            yield return Path.Combine(folder, below);
        }
        // A notebook loads the assembly straight from its package: PACKAGE/lib/net8.0.
        yield return Path.Combine(Path.GetDirectoryName(torchSharp.Location) ?? "", "..", "..", below);
    }

    [SupportedOSPlatform("linux")]
    private static string? CopyWithoutUnusedVersion(string original)
    {
        byte[] library = File.ReadAllBytes(original);
        if (!ElfVersionNeeds.Weaken(library, UnusedVersion))
            return null;
        string folder = Path.Combine(UserCacheFolder.Path
            ?? throw new TorchBackendException("HOME", "is not set, and a private copy of torch's native library must be kept; set XDG_CACHE_HOME to a folder of your own."), "native");
        PrivateFolder.Ensure(folder);
        string copy = Path.Combine(folder, $"{Library}-{Convert.ToHexString(SHA256.HashData(library))[..32]}.so");
        if (!File.Exists(copy) || !File.ReadAllBytes(copy).AsSpan().SequenceEqual(library))
            AtomicFile.Write(copy, stream => stream.Write(library));
        return copy;
    }
}
