using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>
/// The heap that torch takes its tensors from. glibc gives large blocks back to the system when they are freed, and the system clears their pages when they
/// are wanted again, a moment later: about a fifth of a training step's time.
/// </summary>
public static partial class NativeHeap
{
    // glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int MapThreshold = -3;
    private const int ArenaMaximum = -8;

    /// <summary>
    /// Lets the process keep up to 2 GiB of freed memory for the next tensors; blocks above 160 MiB are still given back at once. For a program that trains or labels
    /// much, to be called once, first of all. It is the process that is changed, so a library leaves it to the program.
    /// </summary>
    /// <returns>Whether there are such settings: with glibc, which is what Linux distributions other than Alpine have.</returns>
    public static bool KeepFreed()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            // Blocks of this size come from the first arena only; other threads are to use it too.
            return Set(MapThreshold, 160 << 20) != 0 & Set(TrimThreshold, int.MaxValue) != 0 & Set(ArenaMaximum, 1) != 0;
        }
        catch (Exception error) when (error is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
