using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IrNetTool.Doctor;

/// <summary>Runtime, operating system, processor and memory.</summary>
internal static class SystemFindings
{
    // What a labelling of small photographs needs, and some for the system: see docs/performance.md.
    private const long LeastMemory = 2L << 30;

    public static IEnumerable<Finding> Examine()
    {
        yield return new Finding("runtime", $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        yield return new Finding("system", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}");
        yield return new Finding("processor", $"{Environment.ProcessorCount} threads, {Vectors()}");
        yield return Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes);
    }

    /// <summary>What so much memory, in bytes, is good for.</summary>
    public static Finding Memory(long bytes) => bytes >= LeastMemory
        ? new Finding("memory", Size.Of(bytes))
        : new Finding("memory", Size.Of(bytes), FindingKind.Note, "training and larger photographs may not fit; docs/performance.md says what needs how much");

    private static string Vectors() =>
        Vector512.IsHardwareAccelerated ? "vectors of 512 bits" : Vector256.IsHardwareAccelerated ? "vectors of 256 bits" : "vectors of at most 128 bits";
}
