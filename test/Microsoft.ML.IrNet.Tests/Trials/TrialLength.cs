using System.Globalization;

namespace Microsoft.ML.IrNet.Tests.Trials;

/// <summary>Trials are short among the other tests, and long where an environment variable says how often: see docs/endurance.md.</summary>
internal static class TrialLength
{
    /// <summary>The number in an environment variable, else the short one.</summary>
    public static int Of(string variable, int brief) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : brief;

    /// <summary>Whether the variable asks for the long form.</summary>
    public static bool IsLong(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 };

    /// <summary>Writes a line of a long trial's report: to the file that IRNET_TRIAL_LOG names, else to the screen.</summary>
    public static void Report(string line)
    {
        Console.WriteLine(line);
        if (Environment.GetEnvironmentVariable("IRNET_TRIAL_LOG") is { Length: > 0 } log)
            File.AppendAllText(log, $"{DateTime.Now:HH:mm:ss} {line}\n");
    }
}
