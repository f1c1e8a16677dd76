using System.Diagnostics;
using System.Reflection;

namespace Microsoft.ML.IrNet.Tests.Fixtures;

/// <summary>A process that has never touched the library.</summary>
internal static class FreshProcess
{
    /// <summary>Loads a model there, which begins with LoadImages, and gives what it puts out.</summary>
    /// <param name="arguments">The model, then for each photograph its path and its tags.</param>
    public static string Run(string[] arguments)
    {
        string program = typeof(FreshProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "FreshProcess").Value!;
        var start = new ProcessStartInfo("dotnet", ["exec", program, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output;
    }
}
