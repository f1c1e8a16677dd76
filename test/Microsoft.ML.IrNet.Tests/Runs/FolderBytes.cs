using System.Security.Cryptography;
using Microsoft.ML.IrNet.Runs;

namespace Microsoft.ML.IrNet.Tests.Runs;

/// <summary>The files of a run by relative path, as digests.</summary>
internal static class FolderBytes
{
    public static SortedDictionary<string, string> OfLabels(string folder) => Of(folder, path => path.EndsWith(".png", StringComparison.Ordinal) || path == "annotations.json");

    public static SortedDictionary<string, string> OfLabelsAndWeights(string folder) =>
        Of(folder, path => path.EndsWith(".png", StringComparison.Ordinal) || path.EndsWith(".safetensors", StringComparison.Ordinal) || path == "annotations.json", inWork: true);

    /// <summary>Runs and returns the digests of everything it wrote.</summary>
    public static SortedDictionary<string, string> OfRun(IrNet.Data.PhotographSet data, LabellingRunOptions options)
    {
        LabellingRun.Execute(data, options, new RunEvents()).Dispose();
        return OfLabelsAndWeights(options.OutputFolder);
    }

    private static SortedDictionary<string, string> Of(string folder, Func<string, bool> wanted, bool inWork = false)
    {
        var digests = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)))
            if (wanted(path) && (inWork || !path.StartsWith("work", StringComparison.Ordinal)))
                digests[path] = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, path))));
        return digests;
    }
}
