using Microsoft.ML.IrNet.Estimators;
using Microsoft.ML.IrNet.Imaging;
using Microsoft.ML.IrNet.Segmentation.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.IrNet.Segmentation.Estimators;

/// <summary>The photographs and semantic maps of a data view, on disk.</summary>
/// <param name="photographs">Both.</param>
/// <param name="pixels">How many pixels have each label.</param>
internal sealed class SemanticSpool(PhotographSpool photographs, long[] pixels) : IDisposable
{
    /// <summary>What a trainer reads.</summary>
    public SemanticSet Set { get; } = new(photographs, photographs.LoadLabels);

    /// <summary>Says what there is to learn from, and of which classes there is no example.</summary>
    /// <exception cref="DataSetException">There is no labelled pixel at all.</exception>
    public void Describe(IReadOnlyList<string> classes, string labelColumn, IChannel channel)
    {
        if (photographs.Count == 0)
            return;
        long all = pixels.Sum(), labelled = all - pixels[LabelMap.Void];
        if (labelled == 0)
            throw new DataSetException($"column '{labelColumn}'", $"has no labelled pixel in any row, only {LabelMap.Void}; Fit needs maps with 0 for background and 1 to {classes.Count} for classes.");
        channel.Info($"{photographs.Count} photographs, {classes.Count} classes; {100.0 * labelled / all:F1} % of their pixels are labelled.");
        string[] missing = [.. classes.Where((_, index) => pixels[index + 1] == 0)];
        if (missing.Length > 0)
            channel.Warning($"There is no example of {string.Join(", ", missing)}, which will never be found.");
    }

    public void Dispose() => photographs.Dispose();
}
