using System.Collections;
using System.Globalization;

namespace IrNetTool.Doctor;

/// <summary>Environment variables that change what the tool does or how fast.</summary>
internal static class EnvironmentFindings
{
    private const string OwnPrefix = "IRNET_";

    // OpenMP and MKL count torch's threads, PASSIVE lets processes share cores; the loaders look in the paths.
    private static readonly string[] _known =
    [
        "COLUMNS", "CUDA_VISIBLE_DEVICES", "DOTNET_GCHeapHardLimit", "DOTNET_gcServer", "LD_LIBRARY_PATH", "LD_PRELOAD", "MKL_NUM_THREADS", "NO_COLOR", "OMP_NUM_THREADS", "OMP_WAIT_POLICY",
        "XDG_CACHE_HOME",
    ];

    public static IEnumerable<Finding> Examine() => Examine(Environment.GetEnvironmentVariables());

    /// <summary>Those of the variables that matter.</summary>
    public static IEnumerable<Finding> Examine(IDictionary variables)
    {
        string[] set = [.. variables.Keys.Cast<string>().Where(name => _known.Contains(name) || name.StartsWith(OwnPrefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        foreach (string name in set)
            yield return Of(name, $"{variables[name]}");
        if (_known.Except(set).ToArray() is { Length: > 0 } unset)
            yield return new Finding("not set", string.Join(", ", unset));
    }

    private static Finding Of(string name, string value) =>
        name is "OMP_NUM_THREADS" or "MKL_NUM_THREADS" && !(int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads > 0)
            ? new Finding(name, value, FindingKind.Note, "torch may ignore it; set it to a number of threads, or not at all")
            : new Finding(name, value);
}
