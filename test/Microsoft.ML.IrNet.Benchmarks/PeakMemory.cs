using System.Globalization;
using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Benchmarks;

/// <summary>The most memory that the process held since a moment, as Linux counts it.</summary>
internal static partial class PeakMemory
{
    /// <summary>Runs an action.</summary>
    /// <returns>MB held at most, beyond what was held before; null on systems that cannot tell.</returns>
    public static double? During(Action action)
    {
        if (!OperatingSystem.IsLinux())
        {
            action();
            return null;
        }
        GC.Collect();
        GC.WaitForPendingFinalizers();
        // What was freed before would hide what is taken now.
        _ = GiveBackFreed(0);
        // 5 sets the peak back to what is held now.
        File.WriteAllText("/proc/self/clear_refs", "5");
        double before = Megabytes("VmRSS:");
        action();
        return Megabytes("VmHWM:") - before;
    }

    /// <summary>MB that the process has held at most since it started; null on systems that cannot tell.</summary>
    public static double? OfProcess() => OperatingSystem.IsLinux() ? Megabytes("VmHWM:") : null;

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int GiveBackFreed(nuint padding);

    private static double Megabytes(string key)
    {
        string line = File.ReadLines("/proc/self/status").First(entry => entry.StartsWith(key, StringComparison.Ordinal));
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
