using Microsoft.ML.IrNet.Files;
using Microsoft.ML.IrNet.Training;

namespace Microsoft.ML.IrNet.Runs;

/// <summary>The losses of a finished training, noted for later runs over the same folder.</summary>
internal static class LossFile
{
    /// <summary>Writes the file.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<LossCurve> curves) => StateFile.Write(path, curves);

    /// <summary>Reads the file; none where a version finished the training that kept no losses.</summary>
    /// <exception cref="OutputException">It is damaged.</exception>
    public static IReadOnlyList<LossCurve> Read(string path) => File.Exists(path)
        ? StateFile.Read<LossCurve[]>(path, AreWhole) ?? []
        : [];

    /// <summary>Whether nothing is missing.</summary>
    public static bool AreWhole(LossCurve[] curves) => Array.TrueForAll(curves, curve => curve?.Name is not null && curve.Values is not null);
}
