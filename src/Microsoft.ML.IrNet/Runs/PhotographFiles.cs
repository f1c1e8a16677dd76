using Microsoft.ML.IrNet.Data;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>Gives every photograph of a set a file name of its own, whatever characters its name has.</summary>
internal sealed class PhotographFiles(PhotographSet data)
{
    private readonly Dictionary<string, string> _files = data.Photographs
        .Select((photograph, index) => (photograph.Name, File: $"{index:D6}-{Plain(photograph.Name)}"))
        .ToDictionary(entry => entry.Name, entry => entry.File);

    public string Of(string name) => _files[name];

    /// <summary>Bytes of a photograph's file, by which a replaced one is noticed; null where there is none.</summary>
    public static long? LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    private static string Plain(string name) =>
        string.Concat(name.TakeLast(60).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
}
