using System.Runtime.InteropServices;

namespace Microsoft.ML.IrNet.Interop;

/// <summary>The end of a process in which a job that was given up is still computing.</summary>
public static partial class AbruptEnd
{
    /// <summary>
    /// Ends the process at once, without the destructors of native libraries, which an ordinary end runs and which crash where another thread is computing with torch. For a program that was asked
    /// to stop and has said what it wants to. Returns on Windows, which ends other threads before it takes libraries down.
    /// </summary>
    /// <param name="code">The exit code.</param>
    public static void Leave(int code)
    {
        if (OperatingSystem.IsWindows())
            return;
        Console.Out.Flush();
        Console.Error.Flush();
        Exit(code);
    }

    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void Exit(int code);
}
